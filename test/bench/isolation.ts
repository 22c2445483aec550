import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ANY_BUDGET } from '../../src/domain/cap.ts';
import type { AttemptOrder } from '../../src/domain/attempt.ts';
import { encodeFrame } from '../../src/isolation/frame.ts';
import { figure, percentile, type Figure } from './figure.ts';

const BUNDLE =
  process.env['AUTOLOOP_BENCH_BUNDLE'] ??
  fileURLToPath(new URL('../../dist/isolation.cjs', import.meta.url));
const ROUNDS = 60;
const BOUND = { name: 'the bound', value: 130 };

/** What one isolation layer costs on top of its agent, and what it weighs while its agent floods. */
export async function benchIsolation(): Promise<Figure[]> {
  const root = mkdtempSync(join(tmpdir(), 'autoloop-bench-'));
  try {
    return [...(await benchStart(root)), ...(await benchFloods(root))];
  } finally {
    rmSync(root, { recursive: true });
  }
}

async function benchStart(root: string): Promise<Figure[]> {
  const starts: number[] = [];
  const wholes: number[] = [];
  const bare: number[] = [];
  for (let round = -2; round < ROUNDS; round += 1) {
    const begin = epochMs();
    const { output } = await play(root, { file: '/bin/date', args: ['+%s%N'] });
    const whole = epochMs();
    await play(root, { file: '/bin/true', args: [] });
    const node = epochMs();
    spawnSync(process.execPath, ['-e', '0']);
    // The first rounds fill the compile cache.
    if (round >= 0) {
      starts.push(Number(output) / 1e6 - begin);
      wholes.push(node - whole);
      bare.push(epochMs() - node);
    }
  }
  const measured = (values: readonly number[], share: number) => ({
    value: percentile(values, share),
    unit: 'ms',
    baseline: { name: 'bare node', value: percentile(bare, share) },
  });
  return [
    figure('spawn of the isolation layer to exec of the agent, p50', measured(starts, 0.5)),
    figure('spawn of the isolation layer to exec of the agent, p95', measured(starts, 0.95)),
    figure('whole attempt of /bin/true, p50', measured(wholes, 0.5)),
    figure('whole attempt of /bin/true, p95', measured(wholes, 0.95)),
  ];
}

const JSON_LINE = `{"type":"assistant","text":"${'some words of an agent '.repeat(4)}"}\\n`;

async function benchFloods(root: string): Promise<Figure[]> {
  const floods = [
    { name: '1 GB of JSON lines', times: 8192, text: `'${JSON_LINE}'.repeat(1000)` },
    { name: '300 MB without a newline', times: 300, text: "'x'.repeat(1048576)" },
    { name: '1 GB of words without a newline', times: 1024, text: "'word '.repeat(209715)" },
  ];
  const figures: Figure[] = [];
  for (const { name, times, text } of floods) {
    const script = `const text = ${text}; for (let left = ${times}; left > 0; left -= 1) {
      if (!process.stdout.write(text)) await new Promise((go) => process.stdout.once('drain', go)); }`;
    const args = ['--input-type=module', '-e', script];
    for (const agent of ['command', 'claude']) {
      const { peakMb, seconds } = await play(root, { file: process.execPath, args }, agent);
      const what = `${name} in ${seconds.toFixed(1)} s, reader ${agent}`;
      figures.push(figure(what, { value: peakMb, unit: 'MB RSS', baseline: BOUND }));
    }
  }
  return figures;
}

interface Played {
  /** What the agent printed, where it is short. */
  readonly output: string;
  readonly seconds: number;
  readonly peakMb: number;
}

async function play(
  root: string,
  command: AttemptOrder['command'],
  agent = 'command',
): Promise<Played> {
  const directory = mkdtempSync(join(root, 'attempt-'));
  const order = orderFor({ directory, command, agent });
  const begin = epochMs();
  const child = spawn(process.execPath, ['--max-semi-space-size=1', BUNDLE, directory], {
    detached: true,
    env: { PATH: '/usr/bin:/bin', NODE_COMPILE_CACHE: join(root, 'cache') },
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  child.stdin.end(encodeFrame(order));
  let peakMb = 0;
  const timer = setInterval(() => (peakMb = Math.max(peakMb, peakOf(child.pid ?? 0))), 50);
  await new Promise((resolve) => child.on('exit', resolve));
  clearInterval(timer);
  const seconds = (epochMs() - begin) / 1000;
  const output = seconds < 0.5 ? readFileSync(order.logFile, 'utf8') : '';
  rmSync(directory, { recursive: true });
  return { output, seconds, peakMb };
}

function orderFor(facts: Pick<AttemptOrder, 'directory' | 'command' | 'agent'>): AttemptOrder {
  return {
    format: 1,
    iteration: 1,
    attempt: 1,
    attemptId: 'bench',
    runId: 'bench',
    loop: 'bench',
    task: 'bench',
    target: null,
    env: { PATH: '/usr/bin:/bin', AUTOLOOP_ATTEMPT_ID: 'bench' },
    cwd: '/',
    stdin: 'a prompt',
    logFile: join(facts.directory, 'output.log'),
    timeoutMs: 1_800_000,
    idleTimeoutMs: 600_000,
    graceMs: 30_000,
    lingerMs: 30_000,
    limits: { memoryBytes: 0, processes: 0, openFiles: 0, cpuSeconds: 0, nice: 5 },
    namespace: null,
    ...{ budget: ANY_BUDGET, price: null, session: null, files: {} },
    minFreeMb: 0,
    logMaxBytes: 100_000_000,
    secrets: [{ name: 'A_TOKEN', value: 'hunter2-correct-horse' }],
    ...facts,
  };
}

/** The most it ever had, as the kernel keeps it. */
function peakOf(pid: number): number {
  try {
    const told = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(told ?? 0) / 1024;
  } catch {
    return 0;
  }
}

function epochMs(): number {
  return performance.timeOrigin + performance.now();
}
