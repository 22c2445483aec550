import type { MachineHistory } from './machine-history.ts';

/** 0: never; then on a scale of factors, 4 being the most of all. */
export type HeatLevel = 0 | 1 | 2 | 3 | 4;

export interface Heat {
  readonly edge: (id: string) => { readonly times: number; readonly level: HeatLevel };
  /** Of an arrow: all of its transitions together. */
  readonly edges: (ids: readonly string[]) => HeatLevel;
  readonly state: (path: string) => {
    readonly entered: number;
    readonly seconds: number;
    /** By the time spent in it. */
    readonly level: HeatLevel;
  };
}

/** The figures of a history, and how hot they are beside the others. */
export function heatOf({ transitions, states }: MachineHistory): Heat {
  const mostTimes = Math.max(1, ...Object.values(transitions));
  const mostSeconds = Math.max(1, ...Object.values(states).map(({ seconds }) => seconds));
  const timesOf = (id: string): number => transitions[id] ?? 0;
  return {
    edge: (id) => ({ times: timesOf(id), level: levelOf(timesOf(id), mostTimes) }),
    edges: (ids) =>
      levelOf(
        ids.reduce((sum, id) => sum + timesOf(id), 0),
        mostTimes,
      ),
    state: (path) => {
      const { entered, seconds } = states[path] ?? { entered: 0, seconds: 0 };
      const level = levelOf(seconds, mostSeconds);
      return { entered, seconds, level: entered > 0 && level === 0 ? 1 : level };
    },
  };
}

function levelOf(value: number, most: number): HeatLevel {
  if (value <= 0) {
    return 0;
  }
  const part = Math.log1p(value) / Math.log1p(most);
  return part > 0.75 ? 4 : part > 0.5 ? 3 : part > 0.25 ? 2 : 1;
}
