import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NODE, ROOT } from './bench-project.ts';
import { figure, percentile, type Figure } from './figure.ts';
import type { Asked, Measured } from './programs/inspected-loop.ts';
import type { Read } from './programs/viewers.ts';

/** As the launcher starts a runner. */
const RUNNER_FLAGS = [
  ...['--no-opt', '--no-maglev', '--no-sparkplug', '--single-threaded', '--optimize-for-size'],
  '--max-semi-space-size=1',
];
const PER_SECOND = 1_000;
const SECONDS = 5;
const ROUNDS = 41;
const EVENTS = 2_000;

/** What it costs a loop that takes a thousand events a second to be inspected: by nobody, by many, by who never reads. */
export async function benchInspection(): Promise<Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'autoloop-inspection-'));
  const loops: ChildProcess[] = [];
  const begin = async (name: string) => {
    const socket = join(directory, name);
    const loop = await start('inspected-loop', socket);
    loops.push(loop);
    return { loop, socket };
  };
  try {
    return [
      await unheardFigure((await begin('1.sock')).loop),
      ...(await watchedFigures(await begin('2.sock'))),
    ];
  } finally {
    loops.forEach((loop) => loop.kill('SIGKILL'));
    rmSync(directory, { recursive: true, force: true });
  }
}

async function watchedFigures({
  loop,
  socket,
}: {
  loop: ChildProcess;
  socket: string;
}): Promise<Figure[]> {
  // What is compiled first is not what it costs.
  await paced(loop);
  const alone = await paced(loop);
  const one = await watched(loop, socket, { readers: 1, stuck: 0 });
  const twenty = await watched(loop, socket, { readers: 20, stuck: 0 });
  const stuck = await watched(loop, socket, { readers: 15, stuck: 5 });
  const after = await paced(loop);
  const beside = (unit: string, of: (measured: Measured) => number) => {
    const baseline = { name: 'without viewers', value: of(alone) };
    return (name: string, measured: Measured) =>
      figure(name, { value: of(measured), unit, baseline });
  };
  const send = beside('µs', ({ sendMicros }) => sendMicros.mean);
  const cpu = beside('µs CPU', ({ cpuMicrosPerEvent }) => cpuMicrosPerEvent);
  const delay = beside('ms', ({ delayP99Ms }) => delayP99Ms);
  const memory = beside('MB RSS', ({ rssMb }) => rssMb);
  return [
    send('an event, 1 viewer (≤ 3 ×)', one),
    send('an event, 20 viewers (≤ 3 ×)', twenty),
    send('an event, 20 viewers, 5 of which never read (≤ 3 ×)', stuck),
    cpu('whole process per event, 1 viewer (≤ 4 ×)', one),
    cpu('whole process per event, 20 viewers (≤ 4 ×)', twenty),
    cpu('whole process per event, 20 viewers, 5 stuck (≤ 4 ×)', stuck),
    cpu('whole process per event, the last has left (≤ 1.3 ×)', after),
    delay('delay of its event loop, p99, 20 viewers (≤ 50 ms)', twenty),
    delay('delay of its event loop, p99, 20 viewers, 5 stuck (≤ 50 ms)', stuck),
    memory('memory, 20 viewers (≤ 1.25 ×)', twenty),
    memory('memory, 20 viewers, 5 stuck (≤ 1.25 ×)', stuck),
  ];
}

/** What a loop that can be inspected takes in a second, beside one that cannot: in turns, since neither is to be first. */
async function unheardFigure(loop: ChildProcess): Promise<Figure> {
  const rates: Record<'true' | 'false', number[]> = { true: [], false: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const isInspectable of round % 2 === 0 ? [true, false] : [false, true]) {
      const rate = await ask<number>(loop, { flatOut: { events: EVENTS, isInspectable } });
      rates[`${isInspectable}`].push(rate);
    }
  }
  const [value, bare] = [rates.true, rates.false].map((all) => percentile(all, 0.5));
  return figure('events of a loop that nobody inspects (≥ 0.95 ×)', {
    ...{ value: value ?? 0, unit: 'per CPU s' },
    baseline: { name: 'a machine without it', value: bare ?? 0 },
  });
}

async function watched(
  loop: ChildProcess,
  socket: string,
  { readers, stuck }: { readers: number; stuck: number },
): Promise<Measured> {
  const viewers = await start('viewers', socket, String(readers), String(stuck));
  try {
    const measured = await paced(loop);
    const { batches } = await ask<Read>(viewers, 'tell');
    const [least, most] = [Math.min(...batches), Math.max(...batches)];
    if (least < SECONDS * 5 || most > SECONDS * 25) {
      throw new Error(
        `Each viewer is told 20 times a second; they were ${least} to ${most} times.`,
      );
    }
    return measured;
  } finally {
    viewers.kill('SIGKILL');
    await once(viewers, 'exit');
  }
}

function paced(loop: ChildProcess): Promise<Measured> {
  return ask<Measured>(loop, { pace: { perSecond: PER_SECOND, seconds: SECONDS } });
}

async function start(program: string, ...args: string[]): Promise<ChildProcess> {
  const path = join(ROOT, 'test', 'bench', 'programs', `${program}.ts`);
  const child = fork(path, args, {
    ...{ execPath: NODE, execArgv: RUNNER_FLAGS },
    env: { ...process.env, NODE_ENV: 'production' },
  });
  await once(child, 'message');
  return child;
}

async function ask<Answer>(child: ChildProcess, asked: Asked | string): Promise<Answer> {
  const answered = once(child, 'message');
  child.send(asked);
  const [answer] = await answered;
  return answer as Answer;
}
