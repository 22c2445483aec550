import { statSync } from 'node:fs';
import { constants } from 'node:os';
import { expect } from 'vitest';
import { GRACE_MS, type Ending } from './endings.ts';
import type { IsolationLayer } from './isolation-layer.ts';

/** An attempt of a hostile agent that has left a result. */
export interface Proof {
  readonly layer: IsolationLayer;
  readonly ending: Ending;
  /** Of `args`. */
  readonly arg: string | null;
  readonly isStrict: boolean;
  /** Since its ending was brought about. */
  readonly tookMs: number;
}

export function namesWhatItLeft({ layer: { result }, ending }: Proof): void {
  if (ending === 'ends by itself') {
    expect(result.swept).toEqual(['sleep']);
  }
}

/** It is of another session, and has heard of no TERM. */
export function namesWhatItHid({ layer: { result }, ending }: Proof): void {
  if (ending === 'is stopped') {
    expect(result.swept).toEqual(['sleep']);
  }
}

export function hasHadItsGrace({ layer: { result }, ending, tookMs }: Proof): void {
  if (ending === 'is stopped') {
    expect(tookMs).toBeGreaterThan(GRACE_MS);
  }
  if (ending !== 'ends by itself') {
    expect(result.signal).toBe('SIGKILL');
  }
}

export function keepsItsResult({ layer: { result }, ending }: Proof): void {
  expect(result).toMatchObject({ costUsd: 0.25, sessionId: 's-1', turns: 2, model: 'mock' });
  if (ending === 'ends by itself') {
    expect(result).toMatchObject({ finalMessage: 'all done, ready' });
  }
}

export function keepsEveryByte({ layer: { logBytes } }: Proof): void {
  const bytes = [0, 1, 0xff, 0xfe, 0x0a, 0xc3, 0x28, 0, 0x0d, 0x0a, 0xf0, 0x9f];
  expect(logBytes.equals(Buffer.from([...Buffer.from('ready\n'), ...bytes]))).toBe(true);
}

export function keepsTheLongLine({ layer: { result, logBytes }, ending }: Proof): void {
  expect(logBytes.length).toBe(result.outputBytes);
  if (ending === 'ends by itself') {
    expect(result.finalMessage).toBe('behind it');
    expect(result.outputBytes).toBe(50 * MB + '\nbehind it\n'.length);
  }
}

export function tellsItsSignal({ layer: { result }, ending, arg, isStrict }: Proof): void {
  const signal = `SIG${arg}`;
  const number = Object.entries(constants.signals).find(([name]) => name === signal)?.[1] ?? 0;
  if (ending === 'ends by itself') {
    // Behind an init, a death by signal is an exit code.
    const exit = isStrict ? { exitCode: 128 + number, signal: null } : { exitCode: null, signal };
    expect(result).toMatchObject({ reason: expect.stringContaining(signal), ...exit });
  }
}

/** With the claim that was in the old one, for its user alone. */
export function keepsResultInNewFolder({ layer: { claim, order, pid } }: Proof): void {
  expect(claim).toMatchObject({ attemptId: order.attemptId, isolation: { pid } });
  expect(statSync(order.directory).mode & 0o777).toBe(0o700);
}

/** However soon it was ended, it was counted before. */
export function tellsItsNumber({ layer: { result } }: Proof): void {
  expect(result.reason).toMatch(/it had \d+ processes, 200 are allowed/);
  expect(result.usage.peakProcesses).toBeGreaterThan(200);
}

export function tellsItsAppetite({ layer: { result } }: Proof): void {
  expect(result).toMatchObject({ signal: 'SIGKILL' });
  expect(result.reason).toMatch(/its processes took \d+ MB of memory, 300 are allowed/);
  expect(result.usage.peakMemoryBytes).toBeGreaterThan(300 * MB);
}

export function keepsHeadAndTail({ layer: { logBytes, result }, ending }: Proof): void {
  expect(logBytes.length).toBeLessThan(5 * MB);
  if (ending === 'ends by itself') {
    expect(result.outputBytes).toBe(200 * MB);
  }
}

const MB = 2 ** 20;
