import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { IsolationLayer } from './isolation-layer.ts';

/** Where there is a result, nothing; else what a KILL has reached is gone moments later. */
export async function leftOf(layer: IsolationLayer, token: string): Promise<readonly number[]> {
  const giveUpAt = performance.now() + LONGEST_DYING_MS;
  let left = living(layer, token);
  while (left.length > 0 && !layer.hasResult && performance.now() < giveUpAt) {
    await setTimeout(20);
    left = living(layer, token);
  }
  return left;
}

const LONGEST_DYING_MS = 5_000;

/** Looked for by other means than those of the program under test. */
export function living({ order, child, pid: layer }: IsolationLayer, token: string): number[] {
  const mark = `AUTOLOOP_ATTEMPT_ID=${order.attemptId}\0`;
  const own = new Set([process.pid, child.pid, layer]);
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && !own.has(pid))
    .filter((pid) => {
      const [words = '', environment = '', status = ''] = ['cmdline', 'environ', 'status'].map(
        (file) => read(`/proc/${pid}/${file}`),
      );
      const isOf = words.includes(token) || environment.includes(mark);
      return isOf && !/^State:\s*[ZX]/m.test(status);
    });
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
