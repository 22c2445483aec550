import { describe, expect, it } from 'vitest';
import type { LoopPolicy } from '../../machines/loop/context.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import { done, ended, failed, input, policy, restored, type ModelEvent } from './loop-model.ts';
import { PlayedLoop } from './played-loop.ts';

const START: ModelEvent = {
  type: 'loop.start',
  at: 1_000,
  facts: { agent: 'command', account: null, settings: {} },
  workMark: 'work',
  untilEpochMs: null,
};
const OPEN = done('checkGates', { open: true, at: 1_000 });
const CHOSEN = done('selectTarget', { target: 'svc', candidates: [], skip: null, at: 2_000 });
const COMPOSED = done('composePrompt', { skip: null, workspaceMark: null, at: 3_000 });
const STARTED: ModelEvent = {
  type: 'worker.started',
  at: 4_000,
  pid: 42,
  agent: 'command',
  how: 'launched',
  supervision: 'base',
};
const DIGESTED = done('digestIteration', { at: 9_000 });
const FIRED: ModelEvent = { type: 'timer.fired', at: 70_000 };
const STOP: ModelEvent = { type: 'loop.stop', at: 5_000, via: 'SIGINT', now: false };
const PAUSE: ModelEvent = { type: 'loop.pause', at: 5_000, via: 'control' };
const RESUME: ModelEvent = { type: 'loop.resume', at: 6_000, via: 'control' };
const SKIP: ModelEvent = { type: 'loop.skipWait', at: 6_000, via: 'control' };
const END: ModelEvent[] = [done('drainWorkers', { at: 10_000 }), done('cleanUp', { at: 10_000 })];

function loop(change: Partial<LoopPolicy> = {}): PlayedLoop {
  return new PlayedLoop({ ...input, policy: { ...policy, maxIterations: 0, ...change } });
}

const toWorking = [START, OPEN, CHOSEN, COMPOSED, STARTED];

function closed(outcome: Outcome): ModelEvent[] {
  return [ended(outcome), judged(outcome), DIGESTED];
}

function judged(outcome: Outcome): ModelEvent {
  const facts = { validation: null, gates: [], changes: null, report: null, at: 8_000 };
  return done('validateWork', { outcome, completion: 'none', ...facts });
}

describe('a worker that is adopted', () => {
  it('has been at work since it was launched, and another one since it was found', async () => {
    const played = loop();
    await played.play(...toWorking, { ...STARTED, at: 8_000, how: 'adopted' });
    expect(played.actor.getSnapshot().context.worker).toMatchObject({
      pid: 42,
      sinceEpochMs: 4_000,
    });
    await played.play({ ...STARTED, at: 9_000, pid: 43, how: 'adopted' });
    expect(played.actor.getSnapshot().context.worker).toMatchObject({
      pid: 43,
      sinceEpochMs: 9_000,
    });
  });
});

describe('a run that a fault ends while its worker lives', () => {
  const FAULT = failed('runAttempt');

  it('waits for the worker, and ends it where that is asked', async () => {
    const played = loop();
    await played.play(...toWorking, FAULT);
    expect(played.state).toBe('{"stopping":"draining"}');
    expect(played.inputs.get('drainWorkers')).toEqual({ runId: 'run', now: false });
    await played.play(STOP);
    expect(played.inputs.get('drainWorkers'), 'begun anew').toEqual({ runId: 'run', now: false });
    await played.play(STOP);
    expect(played.inputs.get('drainWorkers')).toEqual({ runId: 'run', now: true });
    await played.play(...END);
    expect(played.state).toBe('"stopped"');
  });
});

function names(played: PlayedLoop): string[] {
  return played.recorded.map(({ type }) => type);
}

function context(played: PlayedLoop) {
  return played.actor.getSnapshot().context;
}

describe('an iteration', () => {
  it('is recorded from start to end, and followed by a wait', async () => {
    const played = loop();
    await played.play(...toWorking, ...closed('succeeded'));
    expect(names(played)).toEqual([
      'loop_start',
      'iteration_start',
      'worker_start',
      'worker_end',
      'iteration_end',
      'wait_start',
    ]);
    expect(played.state).toBe('{"waiting":"interval"}');
    expect(context(played)).toMatchObject({
      iteration: 8,
      open: null,
      wait: { kind: 'interval', untilEpochMs: 9_000 + 60_000 },
      totals: { iterations: 1, succeeded: 1, failed: 0, costUsd: 0.5 },
    });
    const end = played.recorded.find(({ type }) => type === 'iteration_end');
    expect(end).toMatchObject({ iteration: 8, duration: 7, exitCode: 0 });
  });

  it('has no number while nothing was chosen', async () => {
    const played = loop();
    await played.play(START, OPEN, STOP);
    expect(context(played).iteration).toBe(7);
    expect(names(played)).not.toContain('iteration_start');
  });

  it('is not the last one where no limit is set, and is where --max says so', async () => {
    const played = loop({ maxIterations: 1 });
    await played.play(...toWorking, ...closed('succeeded'), ...END);
    expect(played.actor.getSnapshot().output).toMatchObject({
      ending: { reason: 'max_iterations', exitCode: 0 },
    });
    expect(names(played)).not.toContain('wait_start');
    expect(names(played).at(-1)).toBe('loop_end');
  });
});

describe('a retry', () => {
  it('waits, keeps the iteration and its target, and counts a new attempt', async () => {
    const played = loop();
    await played.play(...toWorking, ended('network_failed'));
    expect(played.state).toBe('{"waiting":"backoff"}');
    expect(names(played).slice(-3)).toEqual(['worker_end', 'retry', 'wait_start']);
    expect(context(played).wait?.untilEpochMs).toBe(1_000 + 1_000 + 0.5 * 2_000);
    await played.play(FIRED, OPEN);
    expect(played.state).toBe('"prompting"');
    expect(context(played)).toMatchObject({ iteration: 8, open: { attempt: 2, target: 'svc' } });
    await played.play(COMPOSED, STARTED, ...closed('succeeded'));
    expect(names(played).filter((name) => name === 'iteration_start')).toHaveLength(1);
    const end = played.recorded.find(({ type }) => type === 'iteration_end');
    expect(end?.details).toMatchObject({ attempts: 2, cost_usd: 1, outcome: 'succeeded' });
  });

  it('ends when there are no more', async () => {
    const played = loop({ maxRetries: 0 });
    await played.play(...toWorking, ...closed('network_failed'));
    expect(played.state).toBe('{"waiting":"interval"}');
    expect(context(played)).toMatchObject({ lastOutcome: 'network_failed', failuresInRow: 0 });
  });

  it.each(['failed', 'timed_out', 'max_turns', 'unknown'] as const)(
    'is not made after %s',
    async (outcome) => {
      const played = loop();
      await played.play(...toWorking, ...closed(outcome));
      expect(played.state).toBe('{"waiting":"interval"}');
      expect(context(played).failuresInRow).toBe(1);
    },
  );
});

describe('a usage limit', () => {
  it('is waited for with the iteration open, and spends no retry', async () => {
    const played = loop({ maxRetries: 0 });
    await played.play(...toWorking, ended('usage_limited', { limitResetEpochMs: 500_000 }));
    expect(played.state).toBe('{"waiting":"usageLimit"}');
    expect(context(played).wait).toMatchObject({
      kind: 'usage_limit',
      untilEpochMs: 500_000 + 45_000,
    });
    await played.play(FIRED, OPEN);
    expect(context(played)).toMatchObject({ iteration: 8, open: { attempt: 2, retries: 0 } });
  });

  it('whose end nobody tells is asked again ever more rarely', async () => {
    const played = loop();
    const waits: number[] = [];
    await played.play(START, OPEN, CHOSEN);
    for (let round = 0; round < 3; round += 1) {
      await played.play(COMPOSED, STARTED, ended('usage_limited'));
      waits.push((context(played).wait?.untilEpochMs ?? 0) - 1_000);
      await played.play(FIRED, OPEN);
    }
    expect(waits).toEqual([5, 10, 20].map((minutes) => minutes * 60_000 + 45_000));
  });

  it('ends the iteration of `once`', async () => {
    const played = loop({ waitsForLimits: false, maxIterations: 1 });
    await played.play(...toWorking, ...closed('usage_limited'), ...END);
    expect(context(played).lastOutcome).toBe('usage_limited');
    expect(played.actor.getSnapshot().status).toBe('done');
  });
});

describe('a stop', () => {
  it('lets the iteration finish, then ends the run without a wait', async () => {
    const played = loop();
    await played.play(...toWorking, STOP);
    expect(played.state).toBe('{"running":"working"}');
    expect(played.toldWorker).toEqual([]);
    await played.play(...closed('succeeded'), ...END);
    expect(played.actor.getSnapshot().output).toMatchObject({
      ending: { reason: 'stopped', exitCode: 0 },
    });
  });

  it('asked for twice ends the worker', async () => {
    const played = loop();
    await played.play(...toWorking, STOP, STOP);
    expect(played.state).toBe('{"running":"terminating"}');
    expect(played.toldWorker).toEqual(['worker.terminate']);
    await played.play(...closed('killed'), ...END);
    expect(played.actor.getSnapshot().output).toMatchObject({
      ending: { reason: 'stopped', exitCode: 130 },
    });
  });

  it.each([
    ['control', 'control'],
    ['control', 'until'],
    ['until', 'SIGINT'],
    ['control', 'SIGINT'],
    ['SIGTERM', 'control'],
  ])('by %s, then by %s, lets the iteration finish', async (first, second) => {
    const played = loop();
    await played.play(...toWorking, { ...STOP, via: first }, { ...STOP, via: second });
    expect(played.state).toBe('{"running":"working"}');
    await played.play(...closed('succeeded'), ...END);
    expect(played.actor.getSnapshot().output).toMatchObject({ ending: { exitCode: 0 } });
  });

  it('by force ends the worker at once', async () => {
    const played = loop();
    await played.play(...toWorking, { ...STOP, via: 'control', now: true });
    expect(played.state).toBe('{"running":"terminating"}');
    await played.play(...closed('killed'), ...END);
    expect(played.actor.getSnapshot().output).toMatchObject({ ending: { exitCode: 143 } });
  });

  it('ends a wait at once', async () => {
    const played = loop();
    await played.play(...toWorking, ...closed('succeeded'), STOP);
    expect(played.state).toBe('{"stopping":"draining"}');
    expect(names(played).slice(-2)).toEqual(['signal', 'wait_end']);
  });

  it('in a backoff ends the iteration as its last attempt ended', async () => {
    const played = loop();
    await played.play(...toWorking, ended('network_failed'), STOP, DIGESTED, ...END);
    const end = played.recorded.find(({ type }) => type === 'iteration_end');
    expect(end?.details).toMatchObject({ outcome: 'network_failed', attempts: 1 });
    expect(played.actor.getSnapshot().status).toBe('done');
  });

  it('asked of a runner that died is forgotten by the next one', async () => {
    const played = loop();
    await played.play(...toWorking, STOP, restored(policy));
    expect(context(played).stop).toBe('none');
  });
});

describe('a pause', () => {
  it('waits until the running work is finished', async () => {
    const played = loop();
    await played.play(...toWorking, PAUSE);
    expect(played.state).toBe('{"running":"working"}');
    await played.play(...closed('succeeded'));
    expect(played.state).toBe('{"waiting":"paused"}');
  });

  it('keeps the kind and the moment of the wait behind it', async () => {
    const played = loop();
    await played.play(...toWorking, ended('usage_limited', { limitResetEpochMs: 500_000 }), PAUSE);
    expect(played.state).toBe('{"waiting":"paused"}');
    await played.play(RESUME);
    expect(played.state).toBe('{"waiting":"usageLimit"}');
    expect(context(played).wait?.untilEpochMs).toBe(545_000);
  });

  it('drops the wait behind it when that is skipped, and stays', async () => {
    const played = loop();
    await played.play(...toWorking, ...closed('succeeded'), PAUSE, SKIP);
    expect(played.state).toBe('{"waiting":"paused"}');
    expect(context(played).wait?.untilEpochMs).toBe(6_000);
  });

  it('does not keep a stop from ending the run', async () => {
    const played = loop();
    await played.play(...toWorking, ...closed('succeeded'), PAUSE, STOP);
    expect(played.state).toBe('{"stopping":"draining"}');
  });
});

describe('a target that is quarantined', () => {
  const quarantine = { reason: 'it failed 3 times in a row', untilEpochMs: 3_609_000 };
  const told = (played: PlayedLoop) =>
    played.recorded.filter(({ type }) => ['warning', 'iteration_end'].includes(type));

  it('is told of once, before the iteration ends that brought it about', async () => {
    const played = loop();
    const digested = done('digestIteration', { at: 9_000, workMark: null, quarantine });
    await played.play(...toWorking, ended('failed'), judged('failed'), digested);
    expect(told(played)).toMatchObject([
      {
        ...{ type: 'warning', iteration: 8 },
        details: {
          ...{ code: 'target_quarantined', target: 'svc', reason: quarantine.reason },
          until: '1970-01-01T01:00:09.000Z',
          message: 'svc is left out until 1970-01-01T01:00:09.000Z: it failed 3 times in a row',
        },
      },
      { type: 'iteration_end', iteration: 8 },
    ]);
  });

  it('may be so for ever', async () => {
    const played = loop();
    const forEver = { ...quarantine, untilEpochMs: null };
    const digested = done('digestIteration', { at: 9_000, workMark: null, quarantine: forEver });
    await played.play(...toWorking, ended('failed'), judged('failed'), digested);
    expect(told(played)[0]?.details).toMatchObject({
      until: null,
      message: 'svc is left out: it failed 3 times in a row',
    });
  });
});

describe('with an interval of 0', () => {
  const FOUND_NOTHING = done('selectTarget', {
    ...{ target: null, candidates: [], at: 2_000 },
    skip: { outcome: 'selection_failed', reason: 'it threw' },
  });

  it('an iteration follows at once after one that had a worker', async () => {
    const played = loop({ intervalMs: 0 });
    await played.play(...toWorking, ...closed('succeeded'));
    expect(context(played).wait).toMatchObject({ kind: 'interval', untilEpochMs: 9_000 });
  });

  it('one that started no worker is followed a second later, so that nothing spins', async () => {
    const played = loop({ intervalMs: 0 });
    await played.play(START, OPEN, FOUND_NOTHING, judged('selection_failed'), DIGESTED);
    expect(context(played).lastOutcome).toBe('selection_failed');
    expect(context(played).wait).toMatchObject({ kind: 'interval', untilEpochMs: 10_000 });
  });
});

describe('the end of a run', () => {
  it('comes after so many failures in a row', async () => {
    const played = loop({ maxFailures: 2 });
    await played.play(...toWorking, ...closed('failed'), FIRED, OPEN, CHOSEN, COMPOSED, STARTED);
    await played.play(...closed('timed_out'), ...END);
    expect(played.actor.getSnapshot().output).toMatchObject({
      ending: { reason: 'max_failures', exitCode: 158 },
    });
  });

  it('comes at once where only the operator can mend it', async () => {
    const played = loop();
    await played.play(...toWorking, ...closed('auth_failed'), ...END);
    expect(played.actor.getSnapshot().output).toMatchObject({
      ending: { reason: 'auth_failed', exitCode: 155 },
    });
  });

  it('comes with a lower --max of a later start', async () => {
    const played = loop();
    await played.play(
      ...toWorking,
      ...closed('succeeded'),
      restored({ ...policy, maxIterations: 1 }),
    );
    expect(played.state).toBe('{"stopping":"draining"}');
  });

  it('closes the open iteration when a part of ours breaks', async () => {
    const played = loop();
    const broken: ModelEvent = {
      type: 'xstate.error.actor.digestIteration',
      actorId: 'digestIteration',
      error: new Error('no'),
    };
    await played.play(
      ...toWorking,
      ended('succeeded'),
      closed('succeeded')[1] ?? START,
      broken,
      ...END,
    );
    expect(names(played).slice(-3)).toEqual(['error', 'iteration_end', 'loop_end']);
    expect(played.actor.getSnapshot().output).toMatchObject({
      ending: { reason: 'error', exitCode: 1 },
    });
  });
});

describe('a disk that is low', () => {
  const LOW: ModelEvent = { type: 'disk.low', at: 5_000, message: '3 MB are free', fix: 'df -h' };
  const SHORT = done('checkGates', {
    open: false,
    at: 1_000,
    shortage: { message: '3 MB are free', fix: 'df -h' },
  });
  const DISK_LOW = { reason: 'disk_low', exitCode: 153, message: '3 MB are free', fix: null };

  it('ends the run before an iteration is begun', async () => {
    const played = loop();
    await played.play(START, SHORT, ...END);
    expect(names(played)).toEqual(['loop_start', 'error', 'loop_end']);
    expect(played.recorded[1]?.details).toEqual({
      ...{ code: 153, message: '3 MB are free', fix: 'df -h', fatal: true },
    });
    expect(played.recorded[2]).toMatchObject({ exitCode: 153, details: { reason: 'disk_low' } });
    expect(context(played)).toMatchObject({ ending: DISK_LOW, iteration: 7 });
  });

  it('lets a running worker finish, and its iteration come to its own outcome', async () => {
    const played = loop();
    await played.play(...toWorking, LOW);
    expect(played.state).toBe('{"running":"working"}');
    expect(played.toldWorker).toEqual([]);
    await played.play(...closed('succeeded'), ...END);
    expect(names(played).slice(3)).toEqual(['error', 'worker_end', 'iteration_end', 'loop_end']);
    expect(context(played)).toMatchObject({ ending: DISK_LOW, lastOutcome: 'succeeded' });
  });

  it.each(['network_failed', 'usage_limited'] as const)(
    'starts no other attempt after %s',
    async (outcome) => {
      const played = loop();
      await played.play(...toWorking, LOW, ...closed(outcome), ...END);
      expect(context(played)).toMatchObject({ ending: DISK_LOW, lastOutcome: outcome });
    },
  );

  it('closes an iteration that waited for another attempt with the outcome of its last', async () => {
    const played = loop();
    await played.play(...toWorking, ended('network_failed'), FIRED, SHORT, DIGESTED, ...END);
    expect(context(played)).toMatchObject({ ending: DISK_LOW, lastOutcome: 'network_failed' });
    expect(names(played).filter((name) => name === 'iteration_end')).toHaveLength(1);
  });

  it('is told once', async () => {
    const played = loop();
    await played.play(...toWorking, LOW, LOW, ...closed('failed'), LOW, ...END);
    expect(names(played).filter((name) => name === 'error')).toHaveLength(1);
  });

  it('ends a wait', async () => {
    const played = loop();
    await played.play(...toWorking, ...closed('succeeded'), LOW, ...END);
    expect(names(played).slice(-3)).toEqual(['error', 'wait_end', 'loop_end']);
    expect(context(played).ending).toEqual(DISK_LOW);
  });

  it('does not keep a stop from being one', async () => {
    const played = loop();
    await played.play(...toWorking, LOW, STOP, ...closed('succeeded'), ...END);
    expect(context(played).ending).toMatchObject({ reason: 'stopped', exitCode: 0 });
  });

  it('still lets a second stop end the worker', async () => {
    const played = loop();
    await played.play(...toWorking, LOW, STOP, STOP);
    expect(played.toldWorker).toEqual(['worker.terminate']);
  });

  it('is forgotten by the next runner, which has looked itself', async () => {
    const played = loop();
    await played.play(...toWorking, LOW, restored({ ...policy, maxIterations: 0 }));
    await played.play(...closed('succeeded'));
    expect(played.state).toBe('{"waiting":"interval"}');
  });
});
