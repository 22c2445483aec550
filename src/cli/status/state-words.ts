import type { LoopReading } from '../../runner/read-status.ts';

/** What a loop does, in words that follow its name: `waits for its next iteration`. */
export function stateWords({
  status,
  departure,
}: Pick<LoopReading, 'status' | 'departure'>): string {
  if (status.stale) {
    return departure === 'left' ? 'was left in the middle of a run' : 'died in the middle of a run';
  }
  if (status.state === 'waiting.backoff' && status.breaker.state === 'open') {
    return 'waits, as its breaker is open';
  }
  const words = WORDS[status.state] ?? `is in the state ${status.state}`;
  return status.state === 'idle' && status.running ? 'is starting' : words;
}

const WORDS: Readonly<Record<string, string>> = {
  idle: 'has never run',
  'selecting.gating': 'looks whether a worker may start',
  'selecting.choosing': 'chooses a target',
  prompting: 'composes the prompt',
  'running.launching': 'starts a worker',
  'running.working': 'has a worker at work',
  'running.terminating': 'ends its worker',
  'summarizing.validating': 'judges what the worker did',
  'summarizing.checkpointing': 'commits what the worker did',
  'summarizing.digesting': 'sums up the iteration',
  'waiting.interval': 'waits for its next iteration',
  'waiting.backoff': 'waits before a new attempt',
  'waiting.usageLimit': 'waits for a usage limit to end',
  'waiting.gate': 'waits until nothing is in the way of a worker',
  'waiting.paused': 'is paused',
  'stopping.draining': 'is stopping: waits for its worker to end',
  'stopping.cleaning': 'is stopping: tidies up',
  stopped: 'has stopped',
};
