import type { InspectionBatch, MachineNews, MachineView } from '../../src/domain/inspection.ts';
import type { LoopStatus } from '../../src/domain/loop-status.ts';
import type { LoopView, PageNews } from '../../src/inspect/page-news.ts';
import { initialContext } from '../../machines/loop/context.ts';
import { DEFAULT_POLICY } from '../../machines/loop/default-policy.ts';
import { describeLoop } from '../../src/runner/describe-loop.ts';
import { loopDefinitionHash } from '../../src/runner/loop-definition-hash.ts';

/** A loop at work on its second iteration, as a server tells it; `text` stands wherever others write. */
export function toldLoop(name: string, text: string): PageNews[] {
  const status = statusOf(name, text);
  const loop: LoopView = {
    ...{ loop: name, tone: 'live', words: 'has a worker at work', status, trouble: null },
    ...{ runner: 'answers', why: null, waitReason: text, command: null, notices: [text] },
    caps: [{ name: 'Iterations', text: '1 of 20', part: 0.05 }],
    gates: {
      iteration: 1,
      runs: [{ gate: text, passed: false, reason: text, tests: { ran: 3, failed: 1 }, seconds: 2 }],
    },
    recent: [{ iteration: 1, outcome: 'succeeded', group: 'succeeded', target: text, seconds: 3 }],
  };
  const row = {
    loop: name,
    tone: 'live',
    words: loop.words,
    iteration: 2,
    isRunning: true,
  } as const;
  return [
    { kind: 'loops', loops: [row, { ...row, loop: `${name} the other` }] },
    { kind: 'loop', loop },
    { kind: 'output', output: { iteration: 2, lines: ['first line', text] } },
    {
      kind: 'events',
      isWhole: true,
      events: [
        {
          ...{ timestamp: new Date().toISOString(), event: 'warning', iteration: 2, task: name },
          ...{ duration: null, exit_code: null, seq: 1, run_id: 'run' },
          details: { code: text, message: text },
        },
      ],
    },
    batchOf(status, { active: ['running', 'running.working'], text, news: [] }),
  ];
}

export interface BatchFacts {
  readonly active: readonly string[];
  readonly text: string;
  readonly news: readonly MachineNews[];
}

export function batchOf(status: LoopStatus, { active, text, news }: BatchFacts): InspectionBatch {
  const machine = machineOf(active, text);
  const happened: MachineNews[] = [
    {
      ...{ type: 'event', at: Date.now(), source: 'x:1', target: 'x:0' },
      event: { type: 'worker.started', said: text },
    },
    {
      ...{ type: 'step', at: Date.now(), machine, taken: ['running.launching:worker.started:1'] },
      event: { type: 'worker.started', said: text },
    },
    ...news,
  ];
  return {
    ...{ kind: 'inspection', definitionHash: loopDefinitionHash(), status, machine, lost: 0 },
    actors: [
      { id: 'x:0', name: 'loop', parent: null },
      { id: 'x:1', name: text, parent: 'x:0' },
    ],
    news: happened,
    events: [],
  };
}

function machineOf(active: readonly string[], text: string): MachineView {
  return {
    ...{ value: active.at(-1), active, status: 'active', tags: [] },
    context: { iteration: 2, open: { target: text }, [text]: [text] },
  };
}

export function statusOf(loop: string, text: string): LoopStatus {
  const policy = { ...DEFAULT_POLICY, maxIterations: 20 };
  const at = Date.now();
  const context = {
    ...initialContext({ runId: 'run', lastIteration: 2, policy }),
    worker: { pid: 7, agent: text, attempt: 1, sinceEpochMs: at, supervision: 'base' as const },
  };
  const facts = { loop, task: text, dataDir: '/nowhere', logFile: () => '/nowhere/1.log' };
  const moment = {
    value: { running: 'working' },
    context,
    since: new Date(at).toISOString(),
    pid: 7,
  };
  return { ...describeLoop(facts, moment), target: text };
}
