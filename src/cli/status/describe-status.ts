import type { LoopStatus, WaitStatus } from '../../domain/loop-status.ts';
import type { LoopReading } from '../../runner/read-status.ts';
import type { CliContext } from '../cli-context.ts';
import { costText, plural, tokensText } from '../tables/amount-text.ts';
import { renderFacts, type Fact } from '../tables/facts.ts';
import { countdownText, elapsedText, momentText } from '../tables/moment-text.ts';
import { paintFor } from '../tables/paint.ts';
import { oneLine } from '../tables/text-width.ts';
import { gateWords } from './gate-words.ts';
import { capWords } from './cap-words.ts';
import { endWords } from './end-words.ts';
import { noticeWords } from './notice-words.ts';
import { nextStep } from './next-step.ts';
import { validationWords } from './validation-words.ts';
import { stateWords } from './state-words.ts';

/** One loop for people: what it does, why and since when, and what to do next. */
export function describeStatus(context: CliContext, reading: LoopReading): string {
  const { status } = reading;
  const paint = paintFor(context.terminal);
  const mark = markOf(reading);
  const head = `${paint[mark.color](mark.sign)} ${paint.bold(status.loop)} ${stateWords(reading)}`;
  const facts: Fact[] = [
    ...standing(reading),
    ...work(reading),
    ...account(status),
    ...noticeWords(status.dataDir).map((words): Fact => ['notice', words]),
    ['data', status.dataDir],
    ['next', nextStep(context, reading)],
  ];
  return `${head}\n${renderFacts(facts, { paint, columns: context.terminal.columns })}`;
}

function markOf({ status, runner }: LoopReading): {
  sign: string;
  color: 'good' | 'warn' | 'bad' | 'dim';
} {
  if (status.stale) {
    return { sign: '✗', color: 'bad' };
  }
  if (!status.running) {
    return { sign: '○', color: (status.ended?.exitCode ?? 0) === 0 ? 'dim' : 'bad' };
  }
  return { sign: '●', color: runner === 'silent' || status.paused ? 'warn' : 'good' };
}

function standing(reading: LoopReading): Fact[] {
  const { status, runner, message, recovered } = reading;
  return [
    ['task', status.task === status.loop ? null : status.task],
    ['state', stateAndSince(status)],
    ['why', status.ended ? oneLine(endWords(status, message)) : whyStale(reading)],
    ['ended', status.ended ? `exit code ${status.ended.exitCode}` : null],
    ['runner', runnerWords(status, runner)],
    ['crashes', crashWords(reading.crashes)],
    ['asked', asked(status)],
    ['note', recovered],
  ];
}

function stateAndSince({ state, since }: LoopStatus): string {
  return since === null
    ? state
    : `${state}, for ${elapsedText(since)} (since ${momentText(since)})`;
}

function whyStale({ departure, crashes }: LoopReading): string | null {
  if (departure === 'died' && crashes?.lastError === null) {
    return 'its runner is gone without a word (killed)';
  }
  return departure && WHY_STALE[departure];
}

const WHY_STALE = {
  died: 'its runner died',
  rebooted: 'the machine was restarted under it',
  left: 'its runner left it on purpose (hang-up, third Ctrl-C, or once)',
};

function runnerWords({ pid, running }: LoopStatus, runner: LoopReading['runner']): string | null {
  if (!running) {
    return null;
  }
  const name = pid ? `pid ${pid}` : 'its pid is not known here';
  return runner === 'silent'
    ? `${name}: it lives, but does not answer (stopped, or busy in a hook of its task); what is shown is its last saved state`
    : name;
}

function crashWords(crashes: LoopReading['crashes']): string | null {
  if (crashes === null) {
    return null;
  }
  const { inRow, lastAt, lastError } = crashes;
  const when = lastAt === null ? '' : `, the last ${elapsedText(lastAt)} ago`;
  const words = `its runner died ${inRow === 1 ? 'once' : `${inRow} times in a row`}${when}`;
  return lastError === null ? words : `${words}: ${oneLine(lastError)}`;
}

function asked({ stopRequested, paused, running, state }: LoopStatus): string | null {
  const asks = [
    ...(stopRequested && !state.startsWith('stop') ? ['to stop when the iteration is over'] : []),
    ...(paused && state !== 'waiting.paused' && running
      ? ['to pause when the iteration is over']
      : []),
  ];
  return asks.length === 0 ? null : asks.join(', ');
}

function work({ status, isWorkerAlive }: LoopReading): Fact[] {
  const { iteration, target, worker, wait, validation } = status;
  const fate = isWorkerAlive === null ? '' : isWorkerAlive ? ', still at work' : ', gone';
  return [
    ['iteration', iteration === 0 ? null : String(iteration)],
    ['target', target === null ? null : oneLine(target)],
    ['worker', worker === null ? null : `${workerWords(worker)}${fate}`],
    [
      'judging',
      validation ? `${validationWords(validation)}, for ${elapsedText(validation.since)}` : null,
    ],
    ['wait', wait === null ? null : waitWords(wait)],
    ['breaker', breakerWords(status)],
  ];
}

function workerWords(worker: NonNullable<LoopStatus['worker']>): string {
  const words = [
    ...(worker.pid === null ? [] : [`pid ${worker.pid}`]),
    worker.agent,
    `attempt ${worker.attempt}`,
    `for ${elapsedText(worker.since)}`,
    worker.lastOutputAt === null
      ? 'no output yet'
      : `last output ${elapsedText(worker.lastOutputAt)} ago`,
    `${worker.supervision} supervision`,
  ];
  return words.join(', ');
}

function breakerWords({ breaker, state }: LoopStatus): string | null {
  const { diagnosis } = breaker;
  return diagnosis === null || state === 'stopped'
    ? null
    : `${breaker.state.replace('_', ' ')}. ${diagnosis.replaceAll('\n', ' ')}`;
}

function waitWords({ kind, until, gate, reason }: WaitStatus): string {
  if (gate !== undefined && until !== null) {
    return `${gateWords(gate)}; looks again ${countdownText(until)} (${momentText(until)})`;
  }
  const why = reason === undefined ? '' : `, ${oneLine(reason)}`;
  return until === null
    ? `${kind}, until the operator ends it`
    : `${kind}, over ${countdownText(until)} (${momentText(until)})${why}`;
}

function account(status: LoopStatus): Fact[] {
  const { totals, state } = status;
  const { iterations, succeeded, failed, costUsd, costIsEstimated, tokens } = totals;
  const counted = `${plural(iterations, 'iteration')}, ${succeeded} succeeded, ${failed} failed`;
  const about = costIsEstimated ? 'about ' : '';
  const spent = [
    ...(costUsd === null ? [] : [`${about}${costText(costUsd)}`]),
    ...(tokens === null ? [] : [`tokens ${tokensText(tokens)}`]),
  ];
  const bounds = capWords(status);
  return [
    ['this run', state === 'idle' ? null : [counted, ...spent].join(', ')],
    ['caps', bounds.length === 0 ? null : bounds.join(', ')],
  ];
}
