import { HookWatch } from '../../../src/runner/hook-watch.ts';

/** A runner whose hook does what the first argument says: `watched.ts blocks TRACE`. */
const [way = '', trace = ''] = process.argv.slice(2);
const path = process.env['PATH'] ?? '';
const watch = new HookWatch({ trace, path, task: 'mine', silentMs: 900, graceMs: 900 });

const ways: Readonly<Record<string, () => Promise<void> | void>> = {
  blocks: () => block(30_000),
  'blocks after a while': async () => {
    await pause(2_500);
    block(30_000);
  },
  waits: () => pause(4_500),
  'blocks for a moment': () => block(1_200),
  'is stopped': async () => {
    process.kill(process.pid, 'SIGSTOP');
    await pause(100);
  },
  'is killed': () => void process.kill(process.pid, 'SIGKILL'),
};

for (const hook of ['selectTarget', 'buildPrompt']) {
  const end = watch.begin(hook);
  await ways[hook === 'selectTarget' ? 'nothing' : way]?.();
  end();
}
if (way === 'blocks later') {
  // No hook runs: whatever the runner does is not the watch's business.
  block(4_500);
}
watch.close();
process.stdout.write('lived on\n');

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function block(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
