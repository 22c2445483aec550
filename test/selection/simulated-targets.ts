import { countTarget } from '../../src/domain/summary/target-record.ts';
import type { TargetRecord } from '../../src/domain/summary/summary.ts';
import type { OfferedTarget } from '../../src/selection/offered-target.ts';
import { rankTargets } from '../../src/selection/rank-targets.ts';
import { scoringRules, type ScoringRules } from '../../src/selection/scoring-rules.ts';
import { seededRandom } from '../../src/selection/seeded-random.ts';
import { NOW, target } from './scored.ts';

/** A target of a simulation: what is to do on it, and how its agent fares. */
export interface SimulatedTarget {
  readonly name: string;
  /** Share of all its work that is still to do; grows again as its world moves on. */
  gap: number;
  readonly regrowth: number;
  readonly successRate: number;
}

export interface Pick {
  readonly iteration: number;
  readonly targets: readonly SimulatedTarget[];
  readonly records: ReadonlyMap<string, TargetRecord>;
}

/** Names who is worked on; null: nobody can be. */
export type Strategy = (pick: Pick) => string | null;

/** What a success closes of a gap. */
const STEP = 0.2;

export interface Simulation {
  readonly seed: string;
  readonly iterations: number;
  readonly targets: number;
  readonly strategy: Strategy;
  /** `mixed`: most work well, some are hopeless. `luck`: any chance of success from 0.1 to 0.95. */
  readonly world: 'mixed' | 'luck';
}

export interface Simulated {
  /** What was chosen in each iteration. */
  readonly picks: readonly (string | null)[];
  /** What who knows all would have expected to close in the same places, less what was to be expected of these choices. */
  readonly regret: number;
  /** Sum of what all iterations closed. */
  readonly closed: number;
}

/** Plays iterations of five minutes. Whether an iteration succeeds depends on seed, iteration and target alone. */
export function simulate({
  seed,
  iterations,
  targets: size,
  strategy,
  world,
}: Simulation): Simulated {
  const targets = madeUp(seed, size, world);
  const records = new Map<string, TargetRecord>();
  const picks: (string | null)[] = [];
  let closed = 0;
  let regret = 0;
  for (let iteration = 1; iteration <= iterations; iteration += 1) {
    const name = strategy({ iteration, targets, records });
    const chosen = targets.find((it) => it.name === name);
    picks.push(name);
    regret += Math.max(...targets.map(worth)) - (chosen ? worth(chosen) : 0);
    targets.forEach((it) => (it.gap = Math.min(1, it.gap + it.regrowth)));
    if (chosen) {
      closed += work(chosen, { seed, iteration, records });
    }
  }
  return { picks, closed, regret };
}

/** What an iteration on it is expected to close. */
function worth({ successRate, gap }: SimulatedTarget): number {
  return successRate * gap * STEP;
}

function work(
  chosen: SimulatedTarget,
  {
    seed,
    iteration,
    records,
  }: { seed: string; iteration: number } & {
    records: Map<string, TargetRecord>;
  },
): number {
  const { name, successRate, gap } = chosen;
  const isGood = seededRandom(`${seed} luck ${iteration} ${name}`)() < successRate;
  const endedAtEpochMs = timeOf(iteration);
  const outcome = isGood ? 'succeeded' : 'failed';
  const facts = { iteration, outcome, costUsd: null } as const;
  const ended = { at: new Date(endedAtEpochMs).toISOString(), duration: 60 };
  records.set(name, countTarget(records.get(name) ?? null, facts, ended));
  chosen.gap = isGood ? gap * (1 - STEP) : gap;
  return isGood ? gap * STEP : 0;
}

function madeUp(seed: string, size: number, world: Simulation['world']): SimulatedTarget[] {
  const random = seededRandom(`${seed} world`);
  return Array.from({ length: size }, (_, at) => ({
    name: `target-${at}`,
    gap: random(),
    regrowth: random() * 0.01,
    successRate: world === 'luck' ? 0.1 + 0.85 * random() : mixedRate(at, random()),
  }));
}

/** Of ten: seven work well, two sometimes, one hardly ever. */
function mixedRate(at: number, chance: number): number {
  if (at % 10 === 9) {
    return 0.05 * chance;
  }
  return at % 10 >= 7 ? 0.3 + 0.4 * chance : 0.75 + 0.2 * chance;
}

function timeOf(iteration: number): number {
  return NOW + iteration * 300_000;
}

/** The built-in one, as a loop uses it. */
export function byScore(
  seed: string,
  rules: ScoringRules = scoringRules(),
  offer: (it: SimulatedTarget) => OfferedTarget = ({ name, gap }) => target(name, { need: gap }),
): Strategy {
  return ({ iteration, targets, records }) =>
    rankTargets({
      targets: targets.map(offer),
      ...{ records, rules, iteration, seed, nowEpochMs: timeOf(iteration) },
    }).ranked[0]?.target.name ?? null;
}

export function byChance(seed: string): Strategy {
  const random = seededRandom(`${seed} chance`);
  return ({ targets }) => targets[Math.floor(random() * targets.length)]?.name ?? null;
}

export const inTurn: Strategy = ({ iteration, targets }) =>
  targets[iteration % targets.length]?.name ?? null;
