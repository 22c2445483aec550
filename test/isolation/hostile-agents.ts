import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { AttemptOrder, TreeLimits } from '../../src/domain/attempt.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import { AttemptCgroup } from '../../src/stores/attempt-cgroup.ts';
import { canMount, smallDisk } from '../stores/small-disk.ts';
import { ENDINGS, type Ending } from './endings.ts';
import * as proof from './hostile-proofs.ts';
import { canBeAnotherUser } from './another-user.ts';

type Outcomes = Readonly<Record<Ending, Outcome>>;

/** What an agent may do to be left alone. */
export interface HostileAgent {
  /** In `test/agents-programs/hostile`. Its arguments: a token, `leave` or `stay`, and one of these. */
  readonly program: string;
  readonly args?: readonly string[];
  /** What it is played under: `strict` and `base` hold it by different means. */
  readonly under: 'both' | 'strict' | 'base';
  /** Where there is no result: what a runner makes of that. Endings that are not named are not played. */
  readonly outcomes: Partial<Outcomes>;
  /** What its end may take beyond its time and its grace. */
  readonly boundMs: number;
  /** How many attempts of it are played side by side. */
  readonly atOnce: number;
  /** It is at its worst when this lies in its folder; else when it says `ready`. */
  readonly tellsByFile?: true;
  /** As an ordinary user: nothing is denied to root. */
  readonly asUser?: true;
  /** Endings that one of its processes outlives in base supervision without control groups: docs/supervision.md. */
  readonly escapes?: readonly Ending[];
  readonly order?: Partial<AttemptOrder>;
  /** Also where it is to end by itself: something else than its own exit is its end. */
  readonly stays?: true;
  readonly prepare?: (order: AttemptOrder) => void;
  /** What else must hold when it has ended. */
  readonly proves?: (proof: proof.Proof) => void;
}

const USUAL: Outcomes = {
  'ends by itself': 'succeeded',
  'times out': 'timed_out',
  'is stopped': 'killed',
  'is stopped twice': 'killed',
  'loses its runner': 'timed_out',
  'loses its isolation layer': 'interrupted',
};
const NO_RESULT: Partial<Outcomes> = Object.fromEntries(
  ENDINGS.map((ending) => [ending, 'interrupted'] as const),
);
const MB = 2 ** 20;

/** 2 s for output that somebody holds open, 1 s for the rest. */
const BOUND = { outcomes: USUAL, boundMs: 3_000, atOnce: 6 } as const;

const DAEMONS: readonly HostileAgent[] = [
  { program: 'background-child.sh', under: 'both', ...BOUND },
  { program: 'double-fork.sh', under: 'both', ...BOUND },
  { program: 'setsid-child.sh', under: 'both', ...BOUND, proves: proof.namesWhatItLeft },
  { program: 'setsid-double-fork.sh', under: 'both', ...BOUND },
  { program: 'scrubbed-daemon.sh', under: 'both', ...BOUND, escapes: ENDINGS },
  {
    program: 'hides-tool.sh',
    under: 'both',
    ...BOUND,
    escapes: ['ends by itself'],
    proves: proof.namesWhatItHid,
  },
  { program: 'nameless-helper.sh', under: 'both', ...BOUND },
  { program: 'holds-stdout.sh', under: 'both', ...BOUND, proves: proof.namesWhatItLeft },
];

const DEAF: readonly HostileAgent[] = [
  { program: 'ignores-signals.sh', under: 'both', ...BOUND, proves: proof.hasHadItsGrace },
  { program: 'stopped-tool.sh', under: 'both', ...BOUND },
  { program: 'waits-for-stdin.sh', under: 'strict', ...BOUND },
  {
    program: 'stays-after-result.mjs',
    under: 'strict',
    ...BOUND,
    // Its result came in time, and stands.
    outcomes: { ...USUAL, 'times out': 'succeeded', 'loses its runner': 'succeeded' },
    order: { agent: 'claude', lingerMs: 200 },
    stays: true,
    proves: proof.keepsItsResult,
  },
];

const FORKERS: readonly HostileAgent[] = [
  { program: 'forks-thousand.sh', under: 'both', ...BOUND, atOnce: 2 },
  {
    program: 'forks-thousand.sh',
    under: 'both',
    ...BOUND,
    outcomes: { 'ends by itself': 'resource_exceeded' },
    // Among thousands of processes they are counted every four seconds.
    boundMs: 7_000,
    order: { limits: limits({ processes: 200 }) },
    stays: true,
    proves: proof.tellsItsNumber,
  },
  { program: 'fork-bomb.sh', under: 'both', ...BOUND, atOnce: 2 },
];

const EATERS: readonly HostileAgent[] = [
  { program: 'eats-memory.mjs', args: ['300'], under: 'base', ...BOUND, atOnce: 3 },
  {
    program: 'eats-memory.mjs',
    args: ['8000'],
    under: 'both',
    ...BOUND,
    outcomes: { 'ends by itself': 'resource_exceeded' },
    order: { limits: limits({ memoryBytes: 300 * MB }), graceMs: 60_000 },
    stays: true,
    proves: proof.tellsItsAppetite,
  },
  ...(canMount
    ? [
        {
          program: 'fills-disk.sh',
          under: 'strict',
          ...BOUND,
          tellsByFile: true,
          prepare: onSmallDisk,
        } as const,
      ]
    : []),
];

const PRINTERS: readonly HostileAgent[] = [
  { program: 'closes-stdout.sh', under: 'strict', ...BOUND },
  { program: 'prints-no-text.sh', under: 'base', ...BOUND, proves: proof.keepsEveryByte },
  {
    program: 'prints-long-line.mjs',
    args: ['50'],
    under: 'base',
    ...{ ...BOUND, boundMs: 5_000, atOnce: 2 },
    tellsByFile: true,
    proves: proof.keepsTheLongLine,
  },
  {
    program: 'floods.sh',
    args: [String(200 * MB)],
    under: 'strict',
    ...{ ...BOUND, boundMs: 5_000, atOnce: 2 },
    tellsByFile: true,
    order: { logMaxBytes: 4 * MB },
    proves: proof.keepsHeadAndTail,
  },
];

const DYING: readonly HostileAgent[] = [
  { program: 'changes-title.mjs', under: 'base', ...BOUND },
  // Of its own signal: where it was asked to end, it was killed all the same.
  {
    program: 'dies-by-signal.sh',
    args: ['SEGV'],
    under: 'strict',
    ...BOUND,
    outcomes: { ...USUAL, 'ends by itself': 'interrupted' },
    proves: proof.tellsItsSignal,
  },
  {
    program: 'dies-by-signal.sh',
    args: ['HUP', 'INT', 'QUIT', 'ILL', 'ABRT', 'BUS', 'FPE', 'KILL', 'SEGV', 'PIPE', 'TERM'],
    under: 'both',
    ...BOUND,
    outcomes: { 'ends by itself': 'interrupted' },
    proves: proof.tellsItsSignal,
  },
  { program: 'kills-parent.sh', under: 'strict', ...BOUND },
  // In base that is its isolation layer.
  { program: 'kills-parent.sh', under: 'base', ...BOUND, outcomes: NO_RESULT },
];

const VANDALS: readonly HostileAgent[] = [
  {
    program: 'deletes-data.sh',
    under: 'strict',
    ...BOUND,
    tellsByFile: true,
    proves: proof.keepsResultInNewFolder,
  },
  // What it takes from itself it takes from its isolation layer, too.
  ...(canBeAnotherUser
    ? [
        {
          program: 'closes-data.sh',
          under: 'base',
          ...BOUND,
          outcomes: NO_RESULT,
          tellsByFile: true,
          asUser: true,
        } as const,
      ]
    : []),
];

/** Every agent, what becomes of it by which ending, and how soon. */
export const HOSTILE_AGENTS: readonly HostileAgent[] = [
  ...DAEMONS,
  ...DEAF,
  ...FORKERS,
  ...EATERS,
  ...PRINTERS,
  ...DYING,
  ...VANDALS,
];

/** Where one can be made, nothing leaves it. */
export const hasCgroups = canMakeCgroup();

function canMakeCgroup(): boolean {
  const cgroup = AttemptCgroup.make(`probe-${process.pid}`);
  cgroup?.remove();
  return cgroup !== null;
}

function limits(change: Partial<TreeLimits>): TreeLimits {
  return { memoryBytes: 0, processes: 0, openFiles: 0, cpuSeconds: 0, nice: 0, ...change };
}

/** Everything of the attempt, with room for the last that is kept of it, as a runner holds it. */
function onSmallDisk({ cwd, directory }: AttemptOrder): void {
  smallDisk('8m', cwd);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  writeFileSync(`${dirname(directory)}/reserve`, Buffer.alloc(MB, 1));
}
