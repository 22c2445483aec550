import type { Gate } from '../../domain/loop-work.ts';

/** What is in the way of a worker, and how much of it would not be. */
export function gateWords(gate: Gate): string {
  return WORDS[gate.kind](gate);
}

const WORDS: Readonly<Record<Gate['kind'], (gate: Gate) => string>> = {
  workers: ({ value }) => `${value} worker of this loop still lives`,
  memory: ({ value, limit }) => `${value} MB of memory to give, ${limit} are wanted`,
  load: ({ value, limit }) => `load ${value}, at most ${limit}`,
  tcp: ({ value, limit }) => `${value} TCP connections, at most ${limit}`,
};
