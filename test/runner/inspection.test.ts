import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { AutoloopError, EXIT } from '../../src/domain/error.ts';
import type { InspectionBatch } from '../../src/domain/inspection.ts';
import type { LoopStatus } from '../../src/domain/loop-status.ts';
import { inspectLoop } from '../../src/runner/control-client.ts';
import { ControlServer } from '../../src/runner/control-server.ts';
import { Inspection } from '../../src/runner/inspection.ts';
import { createPublisher, type PublisherFacts } from '../../src/runner/machine-observer.ts';
import { ITERATION, START } from '../inspect/stately/inspected-loop.ts';
import { input } from '../machines/loop-model.ts';
import { PlayedLoop } from '../machines/played-loop.ts';

const at = 1_000;
const STATUS = { pid: 42 } as LoopStatus;

function factsOf({ actor }: PlayedLoop): PublisherFacts {
  return {
    ...{ actor, definitionHash: 'hash', now: () => at },
    ...{ status: () => STATUS, redactValue: (value) => value },
  };
}

/** Sockets take their time; only the time until something is told is the test's. */
function holdTimers(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
}

/** A played loop whose control socket can be inspected. */
async function listening(loop: PlayedLoop): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'autoloop-inspection-'));
  const inspection = new Inspection(factsOf(loop), (error) => expect.unreachable(String(error)));
  const server = new ControlServer({
    ...{ status: () => STATUS, steer: () => {}, rotate: () => [], prune: () => [] },
    admit: (viewer) => inspection.add(viewer),
    dismiss: (viewer) => inspection.remove(viewer),
  });
  const path = join(folder, 'control.sock');
  await server.listen(path);
  onTestFinished(() => {
    inspection.close();
    server.close();
    rmSync(folder, { recursive: true });
  });
  return path;
}

describe('who inspects a loop', () => {
  it('cannot hold up the machine or other viewers by never reading, nor fill its memory', async () => {
    const loop = new PlayedLoop(input);
    const path = await listening(loop);
    await loop.play(START, ...ITERATION.slice(0, 4));
    const before = loop.recorded.length;
    const batches: InspectionBatch[] = [];
    let heard = () => {};
    const following = await inspectLoop(path, (batch) => {
      batches.push(batch);
      heard();
    });
    onTestFinished(() => following?.end());
    const stuck = createConnection(path);
    onTestFinished(() => void stuck.destroy());
    stuck.write('{"command":"inspect"}\n');
    await once(stuck, 'readable');
    holdTimers();
    const rounds = 400;
    for (let round = 0; round < rounds; round += 1) {
      const told = new Promise<void>((resolve) => {
        heard = resolve;
      });
      await loop.play(
        { type: 'loop.pause', at, via: 'control' },
        { type: 'loop.resume', at, via: 'control' },
      );
      vi.advanceTimersByTime(50);
      await told;
    }
    expect(loop.state).toBe('{"running":"working"}');
    expect(loop.recorded.length - before).toBe(2 * rounds);
    expect(batches.reduce((sum, { lost }) => sum + lost, 0)).toBe(0);
    const toldInAll = Buffer.byteLength(batches.map((batch) => JSON.stringify(batch)).join('\n'));
    expect(toldInAll).toBeGreaterThan(2_000_000);

    let text = '';
    stuck.setEncoding('utf8');
    stuck.on('data', (chunk: string) => {
      text += chunk;
    });
    const last = () => JSON.parse(text.trimEnd().split('\n').at(-1) ?? '') as InspectionBatch;
    await vi.waitFor(() => {
      vi.advanceTimersByTime(500);
      expect(text.endsWith('\n') && last().lost).toBeGreaterThan(0);
    });
    expect(last().machine).toEqual(batches.at(-1)?.machine);
    expect(text.length).toBeLessThan(toldInAll / 2);
  });

  it('and comes later is told how it is, and that not once more as news', async () => {
    holdTimers();
    const loop = new PlayedLoop(input);
    const publisher = createPublisher(factsOf(loop));
    onTestFinished(() => publisher.close());
    const told: Record<'first' | 'second', InspectionBatch[]> = { first: [], second: [] };
    const add = (who: keyof typeof told) =>
      publisher.add({
        tell: (line) => told[who].push(JSON.parse(line) as InspectionBatch) > 0,
        end: () => {},
      });
    add('first');
    await loop.play(START);
    add('second');
    vi.advanceTimersByTime(50);
    const steps = (batches: readonly InspectionBatch[]) =>
      batches.flatMap(({ news }) => news.filter(({ type }) => type === 'step'));
    expect(steps(told.first)).toHaveLength(1);
    expect(steps(told.second)).toHaveLength(0);
    expect(told.second[0]?.machine.active).toEqual(['selecting', 'selecting.gating']);
  });

  it('is told why an actor failed, of which JSON by itself keeps nothing', async () => {
    holdTimers();
    const loop = new PlayedLoop(input);
    const publisher = createPublisher(factsOf(loop));
    onTestFinished(() => publisher.close());
    const told: string[] = [];
    publisher.add({ tell: (line) => told.push(line) > 0, end: () => {} });
    const error = new AutoloopError({ code: EXIT.access, message: 'not to be read', fix: 'chmod' });
    await loop.play(START, {
      ...{ type: 'xstate.error.actor.checkGates', actorId: 'checkGates', error },
    } as never);
    vi.advanceTimersByTime(50);
    expect(told.join('')).toContain('"message":"not to be read","fix":"chmod"');
  });

  it.each<[string, Partial<PublisherFacts>]>([
    ['as it listens', { now: broken }],
    ['as it is put into words', { redactValue: broken }],
    ['as it asks for the status', { status: broken }],
  ])('cannot stop the machine by an error %s', async (_, breaking) => {
    holdTimers();
    const loop = new PlayedLoop(input);
    const publisher = createPublisher({ ...factsOf(loop), ...breaking });
    publisher.add({ tell: () => true, end: () => {} });
    for (const event of [START, ...ITERATION]) {
      await loop.play(event);
      vi.advanceTimersByTime(50);
    }
    expect(loop.actor.getSnapshot().status).toBe('active');
    expect(loop.state).toBe('{"waiting":"interval"}');
    publisher.close();
  });
});

function broken(): never {
  throw new Error('broken');
}
