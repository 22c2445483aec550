// node test/bench/isolation.ts BUNDLE [ATTEMPTS]: what one attempt costs on top of its agent.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { AttemptOrder } from '../../src/domain/attempt.ts';
import { encodeFrame } from '../../src/isolation/frame.ts';

const [, , bundle = 'dist/isolation.mjs', attempts = '60'] = process.argv;
const root = mkdtempSync(join(tmpdir(), 'autoloop-bench-'));
const flags = ['--max-semi-space-size=1', resolve(bundle)];
const env = { PATH: '/usr/bin:/bin', NODE_COMPILE_CACHE: join(root, 'cache') };

const order: Omit<AttemptOrder, 'directory' | 'logFile' | 'agent' | 'command'> = {
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
  timeoutMs: 1_800_000,
  idleTimeoutMs: 600_000,
  graceMs: 30_000,
  lingerMs: 30_000,
  secrets: [{ name: 'A_TOKEN', value: 'hunter2-correct-horse' }],
};

await play('/bin/true', []);
await play('/bin/true', []);
const starts: number[] = [];
const wholes: number[] = [];
for (let count = 0; count < Number(attempts); count += 1) {
  const begin = epochMs();
  const { output } = await play('/bin/date', ['+%s%N']);
  starts.push(Number(output.trim()) / 1e6 - begin);
  const before = performance.now();
  await play('/bin/true', []);
  wholes.push(performance.now() - before);
}
tell('spawn of the isolation layer to exec of the agent', starts);
tell('whole attempt of /bin/true', wholes);
await flood('1 GB of JSON lines', 'for (let i = 0; i < 1024; i++)', 'line.repeat(8192)');
await flood('300 MB without a newline', 'for (let i = 0; i < 300; i++)', '"x".repeat(1048576)');
await flood(
  '1 GB of words without a newline',
  'for (let i = 0; i < 1024; i++)',
  '"word ".repeat(209715)',
);
rmSync(root, { recursive: true });

async function flood(name: string, loop: string, chunk: string): Promise<void> {
  const line =
    '{"type":"assistant","message":{"content":[{"type":"text","text":"some words of an agent that works along and along"}]},"n":1}\n'.padStart(
      128,
    );
  const script = `const line = ${JSON.stringify(line)}; const chunk = ${chunk};
    ${loop} if (!process.stdout.write(chunk)) await new Promise((go) => process.stdout.once('drain', go));`;
  for (const agent of ['command', 'claude']) {
    const before = performance.now();
    const { peakMb, bytes } = await play(
      process.execPath,
      ['--input-type=module', '-e', script],
      agent,
    );
    const seconds = (performance.now() - before) / 1000;
    const rate = bytes / 1e6 / seconds;
    console.log(
      `${name} (${agent}): ${seconds.toFixed(1)} s, ${rate.toFixed(0)} MB/s, peak RSS ${peakMb} MB`,
    );
  }
}

async function play(file: string, args: string[], agent = 'command') {
  const directory = join(root, `attempt-${Math.random()}`);
  mkdirSync(directory);
  const logFile = join(directory, 'output.log');
  const child = spawn(process.execPath, flags, {
    detached: true,
    env,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  child.stdin.end(encodeFrame({ ...order, directory, logFile, agent, command: { file, args } }));
  let peakMb = 0;
  const watch = setInterval(() => (peakMb = Math.max(peakMb, peakOf(child.pid ?? 0))), 50);
  await new Promise((done) => child.on('exit', done));
  clearInterval(watch);
  const bytes = statSync(logFile).size;
  const output = bytes < 1_000 ? readFileSync(logFile, 'utf8') : '';
  rmSync(directory, { recursive: true });
  return { output, bytes, peakMb };
}

/** The most it ever had, as the kernel keeps it. */
function peakOf(pid: number): number {
  try {
    const told = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Math.round(Number(told ?? 0) / 1024);
  } catch {
    return 0;
  }
}

function tell(name: string, values: number[]): void {
  const sorted = values.toSorted((left, right) => left - right);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)]?.toFixed(1);
  console.log(`${name}: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms`);
}

function epochMs(): number {
  return performance.timeOrigin + performance.now();
}
