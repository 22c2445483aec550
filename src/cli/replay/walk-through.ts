import { transitionMeanings } from '../../inspect/transition-meanings.ts';
import type { Replayed } from '../../runner/replay/replay-journal.ts';
import type { RunReplay } from '../../runner/replay/replay-run.ts';
import type { CliContext } from '../cli-context.ts';
import { paintFor } from '../tables/paint.ts';
import { Screen } from '../watch/screen.ts';
import { untilInterrupted } from '../watch/until-interrupted.ts';
import { endWords, replayExitCode } from './replay-end.ts';
import { moveFor } from './walk-keys.ts';
import { walkLines } from './walk-lines.ts';

/** Through a run step by step: where it was, what it was told, what that changed. Until q or Ctrl-C. */
export async function walkThrough(context: CliContext, replay: RunReplay): Promise<number> {
  const paint = paintFor(context.terminal);
  const passed: Replayed[] = [...replay.passed];
  const end = replay.end();
  const meanings = transitionMeanings('loop');
  const steps = passed.filter(({ kind }) => kind === 'step').length;
  const verdict = endWords(end, passed.at(-1) ?? null, steps);
  const leave = new AbortController();
  let at = 0;
  const screen = new Screen(context.terminal, {
    render: (size) =>
      walkLines({ runId: replay.runId, passed, at, verdict, meanings }, { ...size, paint }),
    leave: () => leave.abort(),
    press: (key, { rows }) => {
      const move = moveFor(key, rows);
      at = Math.max(0, Math.min(passed.length - 1, at + move));
    },
  });
  try {
    const left = await untilInterrupted(async () => {}, leave);
    return left === 0 ? replayExitCode(end) : left;
  } finally {
    screen.close();
  }
}
