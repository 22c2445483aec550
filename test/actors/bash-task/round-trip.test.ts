import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { useBashTask, type UsedBashTask } from './use-bash-task.ts';

const SPECIAL = Array.from(`'"\`$\\!*?~#;&|<>() \t\n\r=%{}`);

/** What no shell may change: any text but NULs, which no variable can hold, and much of what shells look at. */
const text = fc
  .array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...SPECIAL)))
  .map((parts) => parts.join('').replaceAll('\0', '').toWellFormed());

describe('whatever a text holds', () => {
  it('comes back as it was exported', async () => {
    await fc.assert(
      fc.asyncProperty(text, text, async (one, two) => {
        const environment = { ONE: one, TWO: two };
        const script = 'task_prepare_worker_env() { export A="$ONE" B="$TWO"; }';
        const { call } = await useBashTask(script, { environment });
        const result = await call('prepareWorkerEnv');
        expect(result).toMatchObject({ ok: true, value: { A: one, B: two } });
      }),
      { numRuns: 20 },
    );
  });

  it('goes through a hook as it is, but for line ends at its end', async () => {
    const { call } = await useBashTask('task_build_prompt() { printf "%s" "<$1|$2|$3>"; }');
    await fc.assert(
      fc.asyncProperty(text, text, text, async (basePrompt, summary, helperContext) => {
        const result = await call('buildPrompt', { basePrompt, summary, helperContext });
        const parts = [basePrompt, summary, helperContext].map((part) => part.replace(/\n+$/, ''));
        expect(result).toEqual({ ok: true, value: `<${parts.join('|')}>` });
      }),
      { numRuns: 20 },
    );
  });

  it('reaches task_run_worker as its argument, on its stdin and as a setting', async () => {
    await fc.assert(
      fc.asyncProperty(text, text, async (prompt, one) => {
        const used = await useBashTask(WORKER, { environment: { ONE: one } });
        const dataDir = `${used.root}/data/mine`;
        expect(await work(used, prompt)).toEqual({
          code: 0,
          printed: [prompt, `${prompt}.`, one, dataDir, '1', ''],
        });
      }),
      { numRuns: 10 },
    );
  });
});

const WORKER = `set -eu
  task_prepare_worker_env() { export MAX_TURNS="$ONE"; }
  task_run_worker() { printf '%s\\0' "$1" "$(cat; printf .)" "$MAX_TURNS" "$DATA_DIR" "$2"; }`;

/** Does what the isolation layer would. */
async function work({ call }: UsedBashTask, prompt: string) {
  const result = await call('runWorker', { prompt });
  const { command, stdin, env, cwd } = result.ok ? result.value : expect.fail(result.message);
  const ended = spawnSync(command?.file ?? '', command?.args ?? [], {
    ...{ input: stdin, cwd, encoding: 'utf8' },
    env: { PATH: process.env['PATH'], ...env },
  });
  return { code: ended.status, printed: ended.stdout.split('\0') };
}
