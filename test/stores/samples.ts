import type { AttemptClaim, AttemptResult } from '../../src/domain/attempt.ts';
import type { RecordedEvent } from '../../src/domain/event.ts';
import type { SnapshotEnvelope } from '../../src/ports/snapshot-store.ts';

export const keepAsIs = { redactValue: <Value>(value: Value): Value => value };

export function sampleEvent(seq: number): RecordedEvent<'warning'> {
  return {
    timestamp: '2026-01-01T00:00:00.000Z',
    event: 'warning',
    iteration: null,
    task: 'demo',
    duration: null,
    exit_code: null,
    details: { code: 'sample', message: `number ${seq}` },
    seq,
    run_id: 'run-1',
  };
}

export function sampleEvents(first: number, last: number): RecordedEvent[] {
  return Array.from({ length: last - first + 1 }, (_, index) => sampleEvent(first + index));
}

export function sampleEnvelope(seq: number): SnapshotEnvelope {
  return {
    format: 1,
    machine: 'loop',
    version: 1,
    definitionHash: 'hash',
    savedAt: `2026-01-01T00:00:0${seq % 10}.000Z`,
    snapshot: { status: 'active', value: { running: 'working' }, context: { iteration: seq } },
    seq,
    outbox: [sampleEvent(seq)],
  };
}

export const sampleClaim: AttemptClaim = {
  format: 1,
  attemptId: 'run-1-1-1',
  isolation: { pid: 4242, startTicks: '1234', bootId: 'boot' },
  agent: 'command',
  startedAtEpochMs: 1_000,
  deadlineEpochMs: 2_000,
  idleTimeoutMs: 0,
  graceMs: 30_000,
  supervision: 'base',
};

export const sampleResult: AttemptResult = {
  format: 1,
  attemptId: 'run-1-1-1',
  outcome: 'succeeded',
  exitCode: 0,
  signal: null,
  startedAtEpochMs: 1_000,
  endedAtEpochMs: 1_500,
  costUsd: null,
  tokens: { in: 1, out: 2, cached: 3 },
  turns: null,
  model: null,
  sessionId: null,
  denials: [],
  limitResetEpochMs: null,
  finalMessage: 'done',
  reason: 'it said so',
  swept: [],
  usage: { peakMemoryBytes: null, peakProcesses: null, cpuSeconds: null },
  outputBytes: 12,
};
