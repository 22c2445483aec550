import type { LoopStatus } from '../../domain/loop-status.ts';
import type { LoopView } from '../../inspect/page-news.ts';
import type { LoopReading } from '../../runner/read-status.ts';
import type { CliContext } from '../cli-context.ts';
import type { FoundLoop } from '../status/all-loops.ts';
import { endWords } from '../status/end-words.ts';
import { gateWords } from '../status/gate-words.ts';
import { commandFor } from '../status/next-command.ts';
import { capUses } from './cap-uses.ts';
import type { Past } from './loop-past.ts';
import { loopWords } from './loop-words.ts';
import { toneOf } from './tone-of.ts';

/** All that a page shows of the chosen loop but for its machine. */
export function loopView(context: CliContext, found: FoundLoop, past: Past): LoopView {
  const seen = { loop: found.loop, tone: toneOf(found), words: loopWords(found) };
  if (!('reading' in found)) {
    return { ...NOTHING_READ, ...past, ...seen, trouble: found.trouble };
  }
  const { reading } = found;
  const { status, runner } = reading;
  return {
    ...past,
    ...seen,
    ...{ status, runner, trouble: null },
    why: whyNot(reading),
    waitReason: waitReason(status),
    command: status.running ? null : startCommand(context, reading),
    caps: capUses(status),
  };
}

const NOTHING_READ = {
  ...{
    status: null,
    runner: 'none' as const,
    why: null,
    waitReason: null,
    command: null,
    caps: [],
  },
};

function whyNot(reading: LoopReading): string | null {
  const { status, runner, message, fix } = reading;
  if (runner === 'silent') {
    return 'Its runner lives, but does not answer: it was stopped, or is busy in a hook of its task. What is shown is its last saved state.';
  }
  if (status.stale) {
    return [departureWords(reading), workerWords(reading)].filter(Boolean).join(' ');
  }
  return (
    status.ended &&
    [`${endWords(status, message).replace(/\.$/, '')}.`, fix].filter(Boolean).join(' ')
  );
}

function departureWords({ departure, crashes }: LoopReading): string {
  const error = departure === 'died' ? (crashes?.lastError ?? null) : null;
  return `${DEPARTURES[departure ?? 'left']}${error === null ? '' : `: ${error}`}.`;
}

function workerWords({ isWorkerAlive }: LoopReading): string | null {
  return isWorkerAlive ? 'Its worker is still at work, and its result will be taken.' : null;
}

const DEPARTURES = {
  died: 'Its runner died',
  rebooted: 'The machine was restarted under it',
  left: 'Its runner left it on purpose (hang-up, third Ctrl-C, or once)',
};

function waitReason({ wait, breaker }: LoopStatus): string | null {
  if (wait?.gate) {
    return gateWords(wait.gate);
  }
  return wait?.reason ?? breaker.diagnosis;
}

function startCommand(context: CliContext, { status, asked }: LoopReading): string {
  return commandFor(context, status, status.stale ? 'resume' : 'start', asked);
}
