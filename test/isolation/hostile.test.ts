import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { AttemptOrder } from '../../src/domain/attempt.ts';
import { sendSignal } from '../../src/isolation/send-signal.ts';
import { AttemptCgroup } from '../../src/stores/attempt-cgroup.ts';
import { sweepAttempt } from '../../src/stores/attempt-processes.ts';
import { IsolationLayer, orderFor, program, until } from './isolation-layer.ts';
import { SUPERVISIONS, type TriedSupervision } from './supervisions.ts';
import { temporaryRoot } from './temporary-root.ts';

/** What an agent may do to be left alone. Each leaves or stays, as it is told. */
const AGENTS = [
  'background-child.sh',
  'changes-title.mjs',
  'closes-stdout.sh',
  'double-fork.sh',
  'forks-thousand.sh',
  'holds-stdout.sh',
  'ignores-signals.sh',
  'scrubbed-daemon.sh',
  'setsid-child.sh',
  'setsid-double-fork.sh',
  'stopped-tool.sh',
  'waits-for-stdin.sh',
] as const;

/** Where one can be made, nothing leaves it. */
const hasCgroups = canMakeCgroup();

const GRACE_MS = 300;
/** What ending a tree may take beyond its grace: 2 s for output that is held open, 1 s for the rest. */
const BOUND_MS = 3_000;

describe.each([0, 1].flatMap((index) => SUPERVISIONS[index] ?? []))(
  'supervision $name',
  ({ namespace }) => {
    it('ends who hands on to a child faster than anybody can look', async () => {
      const root = temporaryRoot();
      const layer = new IsolationLayer(
        orderFor(root, program('hostile/hands-on.sh'), { namespace }),
      );
      expect(await layer.ended()).toMatchObject({ outcome: 'succeeded' });
      const handedOn = read(`${root}/handed-on`);
      await setTimeout(300);
      expect(read(`${root}/handed-on`)).toBe(handedOn);
    });

    describe.each(AGENTS)('%s', (name) => {
      const escapes = name === 'scrubbed-daemon.sh' && namespace === null && !hasCgroups;

      it('that ends by itself leaves nothing behind', async () => {
        const { layer, token } = start(name, 'leave', { namespace });
        await layer.said('ready');
        const { outcome, tookMs } = await endOf(layer);
        expect(outcome).toBe('succeeded');
        expect(tookMs).toBeLessThan(BOUND_MS);
        expect(escapes ? [] : living(layer, token)).toEqual([]);
      });

      it('that does not end in time is ended', async () => {
        const { layer, token } = start(name, 'stay', { namespace, timeoutMs: 1_500 });
        const result = await layer.ended();
        expect(result.outcome).toBe('timed_out');
        const { deadlineEpochMs } = layer.claim;
        expect(result.endedAtEpochMs - deadlineEpochMs).toBeLessThan(GRACE_MS + BOUND_MS);
        expect(escapes ? [] : living(layer, token)).toEqual([]);
      });

      it('that is stopped ends within its grace', async () => {
        const { layer, token } = start(name, 'stay', { namespace });
        await layer.said('ready');
        layer.signal('SIGTERM');
        const { outcome, tookMs } = await endOf(layer);
        expect(outcome).toBe('killed');
        expect(tookMs).toBeLessThan(GRACE_MS + BOUND_MS);
        expect(escapes ? [] : living(layer, token)).toEqual([]);
      });

      it('that is stopped twice ends at once', async () => {
        const { layer, token } = start(name, 'stay', { namespace, graceMs: 60_000 });
        await layer.said('ready');
        const { outcome, tookMs } = await endOfInsisted(layer);
        expect(outcome).toBe('killed');
        expect(tookMs).toBeLessThan(BOUND_MS);
        expect(escapes ? [] : living(layer, token)).toEqual([]);
      });

      it('whose isolation layer is killed does not outlive it', async () => {
        const { layer, token } = start(name, 'stay', { namespace });
        await layer.said('ready');
        layer.signal('SIGKILL');
        expect(await layer.exit).toBeNull();
        if (namespace === null) {
          // What the runner does, or the next one.
          await sweepAttempt(layer.order.attemptId);
        }
        await until(() => escapes || living(layer, token).length === 0);
      });
    });
  },
);

interface Started {
  readonly layer: IsolationLayer;
  /** In the arguments of all of its processes, but for those that change theirs. */
  readonly token: string;
}

function start(
  name: string,
  mode: 'leave' | 'stay',
  facts: Partial<AttemptOrder> & Pick<TriedSupervision, 'namespace'>,
): Started {
  const token = String((tokens += 1));
  const file = program(`hostile/${name}`);
  const order = orderFor(temporaryRoot(), file, {
    graceMs: GRACE_MS,
    args: [token, mode],
    ...facts,
  });
  const layer = new IsolationLayer(order);
  onTestFinished(() => living(layer, token).forEach((pid) => void sendSignal(pid, 'SIGKILL')));
  return { layer, token };
}

function canMakeCgroup(): boolean {
  const cgroup = AttemptCgroup.make(`probe-${process.pid}`);
  cgroup?.remove();
  return cgroup !== null;
}

let tokens = 600_000_000 + process.pid * 1_000;

async function endOf(layer: IsolationLayer): Promise<{ outcome: string; tookMs: number }> {
  const beganAt = performance.now();
  const { outcome } = await layer.ended();
  return { outcome, tookMs: performance.now() - beganAt };
}

/** Of two signals at once only one may arrive. */
async function endOfInsisted(layer: IsolationLayer): ReturnType<typeof endOf> {
  const insisting = setInterval(() => layer.signal('SIGTERM'), 50);
  try {
    return await endOf(layer);
  } finally {
    clearInterval(insisting);
  }
}

/** Looked for by other means than those of the program under test. */
function living({ order, child }: IsolationLayer, token: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && pid !== child.pid && pid !== process.pid)
    .filter((pid) => {
      const [words = '', environment = '', status = ''] = ['cmdline', 'environ', 'status'].map(
        (file) => read(`/proc/${pid}/${file}`),
      );
      const isOf = words.includes(token) || environment.includes(order.attemptId);
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
