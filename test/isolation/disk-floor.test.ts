import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DiskFloor } from '../../src/isolation/disk-floor.ts';
import { OutputLog } from '../../src/isolation/output-log.ts';
import { IsolationLayer, orderFor, program } from './isolation-layer.ts';
import { temporaryRoot } from './temporary-root.ts';

const MEGABYTE = 1024 * 1024;

describe('the floor', () => {
  it('is looked at once a second, and once in 16 MB', () => {
    const disk = diskWith(500);
    expect(disk.floor.hasRoomFor(10)).toBe(true);
    for (let chunk = 0; chunk < 16; chunk += 1) {
      disk.floor.hasRoomFor(MEGABYTE);
    }
    expect(disk.looks()).toBe(1);
    disk.floor.hasRoomFor(1);
    expect(disk.looks()).toBe(2);
    disk.pass(999);
    disk.floor.hasRoomFor(1);
    expect(disk.looks()).toBe(2);
    disk.pass(1);
    disk.floor.hasRoomFor(1);
    expect(disk.looks()).toBe(3);
  });

  it('is kept once it was reached', () => {
    const disk = diskWith(199.9);
    expect(disk.floor.hasRoomFor(1)).toBe(false);
    disk.set(10_000);
    disk.pass(5_000);
    expect([disk.floor.hasRoomFor(1), disk.looks()]).toEqual([false, 1]);
  });

  it.each([200, null])('is not reached with %s MB', (freeMb) => {
    expect(diskWith(freeMb).floor.hasRoomFor(1)).toBe(true);
  });

  it('is not there at 0', () => {
    const disk = diskWith(0, 0);
    expect([disk.floor.hasRoomFor(1e12), disk.looks()]).toEqual([true, 0]);
  });
});

it('ends the log with a line that says so, and nothing of what comes later', () => {
  const path = `${temporaryRoot()}/log`;
  const disk = diskWith(500);
  const log = new OutputLog(path, { floor: disk.floor });
  const [out, err] = [log.channel(), log.channel()];
  out.write(Buffer.from('one\n'));
  out.write(Buffer.from('x'.repeat(70_000)));
  disk.set(100);
  disk.pass(1_000);
  out.write(Buffer.from('y\n'));
  err.write(Buffer.from('two\n'));
  out.end();
  log.close();
  const end = '[autoloop: the log ends here, less than 200 MB were free]';
  expect(readFileSync(path, 'utf8')).toBe(`one\n${'x'.repeat(70_000)}\n${end}\n`);
  expect(log.failure).toBe('less than 200 MB were free');
});

it('leaves the agent as it is: it goes on, and all it says is heard', async () => {
  const order = orderFor(temporaryRoot(), '/bin/sh', {
    args: ['-c', 'seq 1 200000; echo last words'],
    minFreeMb: 1_000_000_000,
  });
  const layer = new IsolationLayer(order);
  const result = await layer.ended();
  expect(result).toMatchObject({ outcome: 'succeeded', outputBytes: 1_288_895 + 11 });
  expect(result.finalMessage).toContain('last words');
  expect(result.reason).toMatch(/log could not be written to the end \(less than 10{9} MB/);
  expect(layer.log).toBe('[autoloop: the log ends here, less than 1000000000 MB were free]\n');
});

it('makes agent and tools die first where memory runs out, and not itself', async () => {
  const order = orderFor(temporaryRoot(), program('tells-oom-score.sh'));
  const layer = new IsolationLayer(order);
  const agent = await layer.told('agent');
  const tool = await layer.told('tool');
  const layers = Number(readFileSync(`/proc/${layer.child.pid}/oom_score_adj`, 'utf8'));
  expect([agent, tool]).toEqual([layers + 500, layers + 500]);
  expect(layers).toBe(Number(readFileSync('/proc/self/oom_score_adj', 'utf8')));
  layer.signal('SIGTERM');
  await layer.ended();
});

function diskWith(freeMb: number | null, minFreeMb = 200) {
  let free = freeMb;
  let now = 0;
  let looks = 0;
  const floor = new DiskFloor({
    ...{ path: '/data', minFreeMb, now: () => now },
    freeMb: () => {
      looks += 1;
      return free;
    },
  });
  return {
    ...{ floor, looks: () => looks },
    set: (megabytes: number) => (free = megabytes),
    pass: (ms: number) => (now += ms),
  };
}
