import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';
import type { AnyStateNode } from 'xstate';
import { loopMachine } from '../../machines/loop.machine.ts';
import { outputFile } from '../corpus/corpus.ts';
import { ended, eventually, expectNothingLostOrPaidTwice, type Life } from './crash-rig.ts';
import { agentsOf } from './end-project.ts';
import {
  NO_JITTER_FAULTS,
  endOfWait,
  momentOf,
  useSteeredProject,
  type SteeredProject,
} from './steered-project.ts';

/** An undisturbed iteration passes through these: `every-write.test.ts` kills in each of them. */
const KILLED_IN_BY_EVERY_WRITE = [
  'idle',
  'selecting.gating',
  'selecting.choosing',
  'prompting',
  'running.launching',
  'running.working',
  'summarizing.validating',
  'summarizing.digesting',
  'stopping.draining',
  'stopping.cleaning',
  'stopped',
];

/** No snapshot shows them, or no setting leads to them yet. Whoever changes that writes a test here. */
const NOT_REACHED = {
  'waiting.arriving': 'passed through in one step',
  'summarizing.deciding': 'passed through in one step',
  'summarizing.settling': 'passed through in one step',
};

/** What a resumed runner may take from the end of a wait to the next worker, on a busy machine. */
const SLACK_MS = 2_500;

interface Scenario {
  readonly state: string;
  readonly name: string;
  readonly play: (test: TestContext, state: string) => Promise<void>;
}

const SCENARIOS: readonly Scenario[] = [
  {
    state: 'waiting.interval',
    name: 'begins the next iteration when the interval is over',
    async play(test, state) {
      const project = loop(test, { agent: 'echo done', flags: ['--max', '2', '--interval', '2'] });
      await killedIn(project, state);
      await goesOn(project);
      expectWentOnAfterWait(project, { kind: 'interval', next: 'iteration_start' });
      expectNothingLostOrPaidTwice(project, 2);
    },
  },
  {
    state: 'waiting.backoff',
    name: 'begins the next attempt when the backoff is over, killed in the first and in the second',
    async play(test, state) {
      const project = claudeLoop(test, { 1: OVERLOADED, 2: OVERLOADED, 3: EDITS });
      await killedIn(project, state);
      const second = project.start(['run'], NO_JITTER_FAULTS);
      const secondEnd = ended(second);
      await project.recorded('retry', 2);
      second.kill('SIGKILL');
      expect((await secondEnd).signal).toBe('SIGKILL');
      expect(await project.status()).toMatchObject({ state, stale: true });
      await goesOn(project);
      expectWentOnAfterWait(project, { kind: 'backoff', next: 'worker_start' });
      expect(project.told('worker_start', 'attempt')).toEqual([1, 2, 3]);
      expect(project.told('worker_end', 'attempt')).toEqual([1, 2, 3]);
      expect(project.told('retry', 'attempt'), 'each retry is counted once').toEqual([2, 3]);
      expect(project.told('wait_start', 'kind')).toEqual(['backoff', 'backoff']);
      expectIteration(project, { outcome: 'succeeded', attempts: 3 });
    },
  },
  {
    state: 'waiting.backoff',
    name: 'has used up the retry that it was waiting for',
    async play(test, state) {
      const project = claudeLoop(test, { 1: OVERLOADED, 2: OVERLOADED }, ['--max-retries', '1']);
      await killedIn(project, state);
      await goesOn(project);
      expect(project.eventsNamed('retry')).toHaveLength(1);
      expectIteration(project, { outcome: 'network_failed', attempts: 2 });
    },
  },
  {
    state: 'waiting.backoff',
    name: 'is closed by stop with what the attempt came to',
    async play(test, state) {
      const project = claudeLoop(test, { 1: OVERLOADED });
      await killedIn(project, state);
      await stops(project);
      expectIteration(project, { outcome: 'network_failed', attempts: 1 });
    },
  },
  {
    state: 'waiting.usageLimit',
    name: 'begins the next attempt when the limit resets',
    async play(test, state) {
      const project = claudeLoop(test, { 1: LIMITED_FOR(4), 2: EDITS });
      await killedIn(project, state);
      await goesOn(project);
      expectWentOnAfterWait(project, { kind: 'usage_limit', next: 'worker_start' });
      expect(endOfWait(project, 'usage_limit'), 'the moment the agent told').toBe(reset(project));
      expect(project.told('worker_start', 'attempt')).toEqual([1, 2]);
      expect(project.eventsNamed('retry'), 'a limit costs no retry').toEqual([]);
      expectIteration(project, { outcome: 'succeeded', attempts: 2 });
    },
  },
  {
    state: 'waiting.usageLimit',
    name: 'waits anew where the limit is not over at the reset that was told',
    async play(test, state) {
      const project = claudeLoop(test, { 1: LIMITED_FOR(2), 2: LIMITED_FOR(2), 3: EDITS });
      await killedIn(project, state);
      await goesOn(project);
      expect(project.told('wait_start', 'kind')).toEqual(['usage_limit', 'usage_limit']);
      expect(project.told('worker_start', 'attempt')).toEqual([1, 2, 3]);
      expectIteration(project, { outcome: 'succeeded', attempts: 3 });
    },
  },
  {
    state: 'waiting.usageLimit',
    name: 'is closed by stop with what the attempt came to',
    async play(test, state) {
      const project = claudeLoop(test, { 1: LIMITED_FOR(600) });
      await killedIn(project, state);
      await stops(project);
      expectIteration(project, { outcome: 'usage_limited', attempts: 1 });
    },
  },
  {
    state: 'waiting.paused',
    name: 'stays paused, and goes on with the open iteration after resume when the limit resets',
    async play(test, state) {
      const project = claudeLoop(test, { 1: LIMITED_FOR(4), 2: EDITS });
      const first = ended(project.start(['run'], { ...NO_JITTER_FAULTS, DIE_IN_STATE: state }));
      await project.recorded('wait_start');
      await project.steerLoop('pause');
      expect((await first).signal).toBe('SIGKILL');
      const next = ended(project.start(['run'], NO_JITTER_FAULTS));
      await project.recorded('loop_resume');
      expect(await project.status()).toMatchObject({ state, paused: true, iteration: 1 });
      await project.steerLoop('resume');
      expect(await next).toMatchObject({ code: 0 });
      expectWentOnAfterWait(project, { kind: 'usage_limit', next: 'worker_start' });
      expect(project.told('wait_start', 'kind')).toEqual(['usage_limit', 'pause', 'usage_limit']);
      expect(project.told('wait_end', 'how')).toEqual(['paused', 'resumed', 'over']);
      expectIteration(project, { outcome: 'succeeded', attempts: 2 });
    },
  },
  {
    state: 'waiting.gate',
    name: 'looks again when its moment has come, and goes on once nothing is in the way',
    async play(test, state) {
      const project = loop(test, { agent: 'echo done', flags: ['--max', '1'] });
      const closed = ['run', '--min-free-memory', '999999999'];
      const first = await ended(project.start(closed, { DIE_IN_STATE: state }));
      expect(first.signal).toBe('SIGKILL');
      expect(await project.status()).toMatchObject({ state, wait: { gate: { kind: 'memory' } } });
      await goesOn(project);
      expect(project.told('wait_start', 'kind')[0]).toBe('gate');
      expect(project.eventsNamed('gate').length).toBeGreaterThan(0);
      expectNothingLostOrPaidTwice(project, 1);
    },
  },
  {
    state: 'running.terminating',
    name: 'ends the worker all the same, and goes on',
    async play(test, state) {
      const project = loop(test, { agent: STUBBORN, flags: ['--max', '2', '--grace', '1'] });
      await terminatedTwice(project, state);
      expect(agentsOf(project), 'its worker lives').not.toEqual([]);
      await goesOn(project);
      expect(agentsOf(project)).toEqual([]);
      expect(project.told('iteration_end', 'outcome')).toEqual(['killed', 'succeeded']);
      expect(project.told('iteration_end', 'attempts')).toEqual([1, 1]);
      expectNothingLostOrPaidTwice(project, 2);
    },
  },
  {
    state: 'running.terminating',
    name: 'collects a worker that ended while no runner lived',
    async play(test, state) {
      const project = loop(test, { agent: STUBBORN, flags: ['--max', '1', '--grace', '60'] });
      await terminatedTwice(project, state);
      project.write('leave', '');
      await eventually('its worker has ended', () => attemptHasResult(project));
      await goesOn(project);
      expect(project.eventsNamed('worker_adopt')).toEqual([]);
      expectNothingLostOrPaidTwice(project, 1);
    },
  },
  ...(['stopping.draining', 'stopping.cleaning'] as const).flatMap((state): Scenario[] => [
    {
      state,
      name: 'ends the run that a signal had asked to end, and starts nothing',
      async play(test) {
        const project = loop(test, { agent: 'echo done', flags: ['--interval', '600'] });
        const first = project.start(['run'], { DIE_IN_STATE: state });
        const firstEnd = ended(first);
        await project.recorded('wait_start');
        first.kill('SIGTERM');
        expect((await firstEnd).signal).toBe('SIGKILL');
        await goesOn(project);
        expect(project.told('loop_end', 'reason')).toEqual(['stopped']);
        expectNothingLostOrPaidTwice(project, 1);
      },
    },
    {
      state,
      name: 'is settled by the very stop that it died under',
      async play(test) {
        const project = loop(test, { agent: WAITS, flags: ['--interval', '600'] });
        const first = ended(project.start(['run'], { DIE_IN_STATE: state }));
        await project.recorded('worker_start');
        const stop = project.steerLoop('stop');
        await project.recorded('control');
        project.write('leave', '');
        expect((await first).signal).toBe('SIGKILL');
        expect(await stop).toMatchObject({ code: 0 });
        expect(project.told('loop_end', 'reason')).toEqual(['stopped']);
        expectIteration(project, { outcome: 'succeeded', attempts: 1 });
      },
    },
  ]),
  {
    state: 'summarizing.validating',
    name: 'is settled by the very stop that it died under, with what the worker came to',
    async play(test, state) {
      const project = loop(test, { agent: WAITS, flags: ['--interval', '600'] });
      const first = ended(project.start(['run'], { DIE_IN_STATE: state }));
      await project.recorded('worker_start');
      const stop = project.steerLoop('stop');
      await project.recorded('control');
      project.write('leave', '');
      expect((await first).signal).toBe('SIGKILL');
      expect(await stop).toMatchObject({ code: 0 });
      expect(project.told('loop_end', 'reason')).toEqual(['stopped']);
      expectIteration(project, { outcome: 'succeeded', attempts: 1 });
    },
  },
  {
    state: 'summarizing.checkpointing',
    name: 'commits the work once',
    async play(test, state) {
      const project = repositoryLoop(test, 'echo better > work');
      await killedIn(project, state);
      await goesOn(project);
      expect(project.told('checkpoint', 'commit')).toEqual([git(project, 'rev-parse', 'HEAD')]);
      expect(git(project, 'rev-list', '--count', 'HEAD')).toBe('2');
      expectIteration(project, { outcome: 'succeeded', attempts: 1 });
    },
  },
  {
    state: 'summarizing.checkpointing',
    name: 'takes the work back once, also when it is only settled',
    async play(test, state) {
      const project = repositoryLoop(test, 'echo worse > work; exit 1');
      await killedIn(project, state);
      await stops(project);
      expect(project.told('rollback', 'ref')).toEqual(['refs/autoloop/discarded/1']);
      expect(git(project, 'show', 'refs/autoloop/discarded/1:work')).toBe('worse');
      expect(project.has('work')).toBe(false);
      expectIteration(project, { outcome: 'failed', attempts: 1 });
    },
  },
];

describe.concurrent('a runner killed in a state that not every iteration comes to', () => {
  it.for(SCENARIOS)('$state: $name', ({ state, play }, test) => play(test, state));
});

const WAITS_ON_DISK = ['waiting.interval', 'waiting.backoff', 'waiting.usageLimit'] as const;

describe.concurrent('a wait', () => {
  it.for(WAITS_ON_DISK)(
    '%s goes on under another definition of the machine',
    async (state, test) => {
      const project = waitingLoop(test);
      await killedIn(project, state);
      const path = project.data('snapshot.json');
      const envelope = JSON.parse(readFileSync(path, 'utf8'));
      writeFileSync(path, JSON.stringify({ ...envelope, definitionHash: 'another' }));
      const until = Date.parse((await project.status()).wait?.until ?? '');
      await goesOn(project);
      expect(project.told('loop_resume', 'reason')).toEqual(['upgraded']);
      expect(startsAfter(project, until), 'nothing begins before the wait is over').toBe(true);
      expectWaitingLoopDone(project);
    },
  );

  it.for(WAITS_ON_DISK)('%s is repeated where its snapshot was lost', async (state, test) => {
    const project = waitingLoop(test);
    await killedIn(project, state);
    writeFileSync(project.data('snapshot.json'), '');
    await goesOn(project);
    expectWaitingLoopDone(project);
  });
});

describe('the states of the loop', () => {
  it('that an undisturbed iteration comes to are those that every-write kills in', async (test) => {
    const project = loop(test, { agent: 'echo done', flags: ['--max', '1'] });
    const { code, output } = await project.live(['run'], { DIE_REPORT: project.path('report') });
    expect(code, output).toBe(0);
    const lines = readFileSync(project.path('report'), 'utf8').split('\n').filter(Boolean);
    expect([...new Set(lines.slice(0, -1))].toSorted()).toEqual(
      KILLED_IN_BY_EVERY_WRITE.toSorted(),
    );
  });

  it('were all killed in, but for those that cannot be reached yet', () => {
    const killedInStates = [...KILLED_IN_BY_EVERY_WRITE, ...SCENARIOS.map(({ state }) => state)];
    const told = new Set([...killedInStates, ...Object.keys(NOT_REACHED)]);
    expect([...told].toSorted()).toEqual(leavesOf(loopMachine.root).toSorted());
  });
});

/** Dotted names of the states that hold no other. */
function leavesOf(node: AnyStateNode): string[] {
  const inner = Object.values(node.states);
  return inner.length === 0 ? [node.path.join('.')] : inner.flatMap(leavesOf);
}

/** Works until the test says so. */
const WAITS = 'while [ ! -e leave ]; do sleep 0.05; done; echo done';

/** Its first iteration does not hear TERM. */
const STUBBORN = `[ "$AUTOLOOP_ITERATION" = 1 ] || exit 0
trap '' TERM
touch stubborn
while [ ! -e leave ]; do sleep 0.05; done`;

interface Loop {
  readonly agent: string;
  readonly flags: readonly string[];
}

function loop(test: TestContext, { agent, flags }: Loop): SteeredProject {
  return useSteeredProject(test, {
    flags: ['--agent', 'command', '--interval', '0', ...flags],
    agent,
  });
}

/** In a repository of its own, with checkpoints. */
function repositoryLoop(test: TestContext, agent: string): SteeredProject {
  const project = loop(test, { agent, flags: ['--max', '1', '--checkpoint', 'commit'] });
  project.write('.gitignore', 'ledger\n.cache/\n');
  git(project, 'init', '--quiet');
  git(project, 'add', '--all');
  git(project, 'commit', '--quiet', '--message=first');
  return project;
}

function git(project: SteeredProject, ...args: string[]): string {
  const name = ['-c', 'user.name=U', '-c', 'user.email=u@example.org'];
  const options = { cwd: project.directory, encoding: 'utf8' } as const;
  return execFileSync('git', [...name, ...args], options).trim();
}

const EDITS = 'cat edits-a-file';
const OVERLOADED = 'cat overloaded; exit 1';
/** Tells the moment of the reset to the test, too. */
const LIMITED_FOR = (seconds: number): string =>
  `reset=$(($(date +%s) + ${seconds})); echo $reset > reset
sed 's/"resetsAt":[0-9]*/"resetsAt":'$reset'/g' usage-limited; exit 1`;

/** A loop of Claude Code as it was recorded; what each attempt prints is a shell script. */
function claudeLoop(
  test: TestContext,
  attempts: Readonly<Record<number, string>>,
  flags: readonly string[] = [],
): SteeredProject {
  const cases = Object.entries(attempts).map(([attempt, script]) => `${attempt}) ${script} ;;`);
  return useSteeredProject(test, {
    flags: ['--agent', 'claude', '--interval', '0', '--max', '1', ...flags],
    agent: `case $AUTOLOOP_ATTEMPT in\n${cases.join('\n')}\nesac`,
    files: recordings('edits-a-file', 'overloaded', 'usage-limited'),
  });
}

/** Its first iteration waits for a limit, then for a retry; then comes an interval. */
function waitingLoop(test: TestContext): SteeredProject {
  return useSteeredProject(test, {
    flags: ['--agent', 'claude', '--interval', '2', '--max', '2'],
    agent: `case $AUTOLOOP_ITERATION-$AUTOLOOP_ATTEMPT in
1-1) ${LIMITED_FOR(4)} ;;
1-2) ${OVERLOADED} ;;
*) ${EDITS} ;;
esac`,
    files: recordings('edits-a-file', 'overloaded', 'usage-limited'),
  });
}

function expectWaitingLoopDone(project: SteeredProject): void {
  expect(project.told('iteration_end', 'outcome')).toEqual(['succeeded', 'succeeded']);
  expect(project.told('iteration_end', 'attempts')).toEqual([3, 1]);
  expect(project.told('worker_start', 'attempt')).toEqual([1, 2, 3, 1]);
  expect(project.told('retry', 'attempt')).toEqual([3]);
  expectNothingLostOrPaidTwice(project, 2);
}

function recordings(...names: readonly string[]): Record<string, string> {
  const files = names.map((name) => [name, readFileSync(outputFile('claude', name), 'utf8')]);
  return Object.fromEntries(files);
}

/** Epoch ms. */
function reset(project: SteeredProject): number {
  return Number(readFileSync(project.path('reset'), 'utf8')) * 1000;
}

async function killedIn(project: SteeredProject, state: string): Promise<void> {
  const life = await project.live(['run'], { ...NO_JITTER_FAULTS, DIE_IN_STATE: state });
  expect(life.signal, life.output).toBe('SIGKILL');
  expect(await project.status()).toMatchObject({ state, stale: true });
}

async function goesOn(project: SteeredProject): Promise<Life> {
  const life = await project.live(['run'], NO_JITTER_FAULTS);
  expect(life.code, life.output).toBe(0);
  return life;
}

async function stops(project: SteeredProject): Promise<void> {
  const { code, output } = await project.steerLoop('stop');
  expect(code, output).toBe(0);
  expect(project.told('loop_end', 'reason')).toEqual(['stopped']);
  expect(await project.status()).toMatchObject({ state: 'stopped', running: false });
}

/** Killed when its second stop ends a worker that does not hear it. */
async function terminatedTwice(project: SteeredProject, state: string): Promise<void> {
  const first = project.start(['run'], { DIE_IN_STATE: state });
  const firstEnd = ended(first);
  await project.recorded('worker_start');
  await eventually('it does not hear TERM', () => project.has('stubborn'));
  first.kill('SIGTERM');
  await project.recorded('signal');
  first.kill('SIGTERM');
  expect((await firstEnd).signal).toBe('SIGKILL');
  expect(await project.status()).toMatchObject({ state, stale: true });
}

function attemptHasResult(project: SteeredProject): boolean {
  return project.has(join('data', 'prompt', 'iterations', '000001', 'attempt-1', 'result.json'));
}

interface Wait {
  readonly kind: string;
  /** What comes after it. */
  readonly next: 'iteration_start' | 'worker_start';
}

/** The last of what comes next came when the last wait of its kind was over, or the last runner there, and not before. */
function expectWentOnAfterWait(project: SteeredProject, { kind, next }: Wait): void {
  const waits = project.told('wait_start', 'kind').filter((told) => told === kind).length;
  const until = endOfWait(project, kind, waits);
  const resumed = momentOf(project.eventsNamed('loop_resume').at(-1));
  const began = momentOf(project.eventsNamed(next).at(-1));
  expect(began, 'not before the wait is over').toBeGreaterThanOrEqual(until);
  expect(began, 'not much after').toBeLessThan(Math.max(until, resumed) + SLACK_MS);
}

/** Whether the first worker after the last resume began after that moment. */
function startsAfter(project: SteeredProject, moment: number): boolean {
  const events = project.events();
  const resumed = events.findLastIndex(({ event }) => event === 'loop_resume');
  const start = events.slice(resumed).find(({ event }) => event === 'worker_start');
  return momentOf(start) >= moment;
}

/** The books of a run of one iteration. */
function expectIteration(
  project: SteeredProject,
  end: { readonly outcome: string; readonly attempts: number },
): void {
  expect(project.eventsNamed('iteration_end')[0]?.details).toMatchObject(end);
  expectNothingLostOrPaidTwice(project, 1);
}
