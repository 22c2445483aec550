/** How each gate went the last time it was run. */
export type GatesMemory = Readonly<Record<string, boolean>>;

export interface GateRun {
  readonly gate: string;
  readonly passed: boolean;
}

/** The most recent gates; older ones are forgotten. */
export function rememberGate(memory: GatesMemory, { gate, passed }: GateRun): GatesMemory {
  const others = Object.entries(memory).filter(([name]) => name !== gate);
  return Object.fromEntries([...others, [gate, passed] as const].slice(-MOST_GATES));
}

/** Whether something that worked does not any more. */
export function isRegression(memory: GatesMemory, { gate, passed }: GateRun): boolean {
  return memory[gate] === true && !passed;
}

const MOST_GATES = 100;
