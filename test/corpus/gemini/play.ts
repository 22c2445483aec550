import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startGeminiApi } from '../../mocks/gemini-api/start-gemini-api.ts';
import type { RecordedRun } from '../recorder.ts';
import { cleanOutput } from './clean-output.ts';
import { scratchFolder } from './gemini-cli.ts';
import type { Plot } from './plots.ts';
import { runGemini, type GeminiOutput } from './run-gemini.ts';
import { scenarios } from './scenarios.ts';

/** Plays it in a home of its own, which is removed. */
export async function play(plot: Plot): Promise<RecordedRun> {
  await mkdir(scratchFolder, { recursive: true });
  const home = await realpath(await mkdtemp(join(scratchFolder, 'recording-')));
  try {
    await writeFile(join(home, 'patience.json'), SHORT_PATIENCE);
    return cleanOutput(await playIn(home, plot), home);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

// What its service may switch on in it: 5 s without a header are enough.
const SHORT_PATIENCE = JSON.stringify({
  flags: [{ flagId: 45_773_134, intValue: '5' }],
  experimentIds: [],
});

async function playIn(home: string, plot: Plot): Promise<GeminiOutput> {
  await using api = await startGeminiApi();
  let pid = 0;
  api.script('play', (turn) => {
    if (plot.signal) {
      process.kill(pid, plot.signal);
    }
    return scenarios[plot.scenario](turn);
  });
  api.script('before', scenarios.answers);
  await mkdir(join(home, 'project'));
  await writeFile(join(home, 'project/notes.md'), 'old\n');
  const usual = { home, prompt: 'Improve notes.md.\n', extraArgs: [], onStart: () => {} };
  const first = plot.isResumed
    ? await runGemini({ ...usual, baseUrl: api.url('before'), request: {}, env: {} })
    : null;
  // Awaited here: the mock closes when this returns.
  return await runGemini({
    ...usual,
    baseUrl: plot.isRefused ? 'http://127.0.0.1:9' : api.url('play'),
    prompt: plot.prompt ?? usual.prompt,
    request: { ...plot.request, ...(first ? { resumes: sessionOf(first) } : {}) },
    extraArgs: plot.extraArgs ?? [],
    env: Object.fromEntries(
      Object.entries(plot.env ?? {}).map(([name, value]) => [name, value.replace('{home}', home)]),
    ),
    onStart: (started) => {
      pid = started;
    },
  });
}

function sessionOf({ stdout }: GeminiOutput): string {
  const { session_id: id }: { session_id: string } = JSON.parse(stdout.split('\n', 1)[0] ?? '');
  return id;
}
