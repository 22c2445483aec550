import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findCodexBinary } from '../../tools/codex-binary.ts';
import { codexEnv } from '../../tools/codex-env.ts';
import { editsFile } from './scenarios/edits-file.ts';
import { startResponsesApi, type ResponsesApi } from './start-responses-api.ts';

const binary = findCodexBinary();
if (binary === null) {
  console.warn('SKIPPED: the real Codex is not installed. Install it: npm ci --prefix test/tools');
}

let api: ResponsesApi;
let home: string;
beforeEach(async () => {
  api = await startResponsesApi();
  home = await mkdtemp(join(tmpdir(), 'codex-'));
});
afterEach(async () => {
  await api.close();
  await rm(home, { recursive: true, force: true });
});

describe.skipIf(binary === null)('the real Codex on the mock', () => {
  it('edits a file over three runs', async () => {
    api.script(
      'edits',
      editsFile({ path: 'notes.md', content: ({ session }) => `version ${session}\n` }),
    );
    for (const version of [1, 2, 3]) {
      expect(await runCodex('edits')).toBe(0);
      expect(await readFile(join(home, 'notes.md'), 'utf8')).toBe(`version ${version}\n`);
    }
    expect(api.turns.filter(({ step }) => step === 1)).toHaveLength(3);
  }, 60_000);

  it('waits for a held answer', async () => {
    const held = api.hold('edits-notes');
    const run = runCodex('edits-notes');
    expect((await held.arrived).prompt).toBe('Improve notes.md.');
    held.release();
    expect(await run).toBe(0);
  }, 60_000);
});

async function runCodex(scenario: string): Promise<number | null> {
  const args = ['exec', '--json', '--skip-git-repo-check', '--sandbox', 'workspace-write', '-'];
  const env = await codexEnv({ home, baseUrl: api.url(scenario) });
  const child = spawn(binary ?? '', args, { cwd: home, env, stdio: ['pipe', 'ignore', 'inherit'] });
  child.stdin.end('Improve notes.md.');
  await once(child, 'close');
  return child.exitCode;
}
