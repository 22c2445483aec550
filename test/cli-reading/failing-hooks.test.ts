import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder, useCommand } from './use-command.ts';

/** What `once` does with a task one of whose hooks throws. */
async function once(hook: string, policy: string | null) {
  const cwd = folder();
  const declared = policy === null ? '' : `onFailure: { ${hook}: '${policy}' },`;
  mkdirSync(join(cwd, 'tasks/mine'), { recursive: true });
  writeFileSync(
    join(cwd, 'tasks/mine/task.mjs'),
    `export default { ${declared} ${hook}() { throw new Error('oh no'); } };`,
  );
  writeFileSync(join(cwd, 'tasks/mine/prompt.md'), 'Do it.');
  const options = { agent: 'command', agentCommand: '/bin/cat', minFreeMb: '0' };
  const { code } = await useCommand('once', { cwd, options, globals: { quiet: true } });
  const shown = await useCommand('show', { cwd, args: ['1'], globals: { json: true } });
  return { code, outcome: shown.code === 0 ? JSON.parse(shown.out).outcome : null };
}

test.each([
  ['selectTarget', null, 157, 'selection_failed'],
  ['selectTarget', 'warn', 0, 'succeeded'],
  ['selectTarget', 'stop', 151, 'worker_unavailable'],
  ['selector', null, 157, 'selection_failed'],
  ['selector', 'warn', 0, 'succeeded'],
  ['selector', 'stop', 151, 'worker_unavailable'],
  ['targets', null, 157, 'selection_failed'],
  ['targets', 'warn', 0, 'succeeded'],
  ['targets', 'stop', 151, 'worker_unavailable'],
  ['gates', null, 157, 'validation_failed'],
  ['gates', 'warn', 0, 'succeeded'],
  ['gates', 'stop', 151, 'worker_unavailable'],
  ['promptCandidates', 'warn', 0, 'succeeded'],
  ['buildHelperContext', null, 0, 'succeeded'],
  ['buildHelperContext', 'skip', 151, 'failed'],
  ['buildHelperContext', 'stop', 151, 'worker_unavailable'],
  ['buildPrompt', 'warn', 0, 'succeeded'],
  ['prepareWorkerEnv', null, 151, 'failed'],
  ['prepareWorkerEnv', 'warn', 0, 'succeeded'],
  ['runWorker', null, 151, 'worker_unavailable'],
  ['runWorker', 'skip', 151, 'failed'],
  ['checkWorkerAvailable', null, 151, null],
  ['checkWorkerAvailable', 'warn', 0, 'succeeded'],
])('%s that throws, declared as %s: exit code %d, %s', async (hook, policy, code, outcome) => {
  expect(await once(hook, policy)).toEqual({ code, outcome });
});

test.each([
  ['{ selectTarget: "ignore" }', /"onFailure\.selectTarget" is none of skip, warn, stop/],
  ['{ runWorker: "warn" }', /"onFailure\.runWorker" is none of stop, skip/],
  ['{ afterIteration: "stop" }', /"onFailure\.afterIteration" cannot be declared/],
  ['"stop"', /"onFailure" is a string, not an object like/],
])('onFailure: %s is refused', async (policies, says) => {
  const cwd = folder();
  mkdirSync(join(cwd, 'tasks/mine'), { recursive: true });
  writeFileSync(join(cwd, 'tasks/mine/task.mjs'), `export default { onFailure: ${policies} };`);
  const { code, notices } = await useCommand('dry-run', { cwd });
  expect(code).toBe(150);
  expect(notices).toMatch(says);
});
