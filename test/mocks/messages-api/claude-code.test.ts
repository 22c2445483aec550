import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findClaudeBinary } from '../../tools/claude-binary.ts';
import { claudeEnv } from '../../tools/claude-env.ts';
import { editsFile } from './scenarios/edits-file.ts';
import { startMessagesApi, type MessagesApi } from './start-messages-api.ts';

const binary = findClaudeBinary();
if (binary === null) {
  console.warn(
    'SKIPPED: the real Claude Code is not installed. Install it: npm ci --prefix test/tools',
  );
}

let api: MessagesApi;
let home: string;
beforeEach(async () => {
  api = await startMessagesApi();
  home = await mkdtemp(join(tmpdir(), 'claude-code-'));
});
afterEach(async () => {
  await api.close();
  await rm(home, { recursive: true, force: true });
});

describe.skipIf(binary === null)('the real Claude Code on the mock', () => {
  it('edits a file over three runs', async () => {
    api.script(
      'edits',
      editsFile({ path: 'notes.md', content: ({ session }) => `version ${session}\n` }),
    );
    for (const version of [1, 2, 3]) {
      expect(await runClaude('edits')).toBe(0);
      expect(await readFile(join(home, 'notes.md'), 'utf8')).toBe(`version ${version}\n`);
    }
    expect(api.turns.filter(({ step }) => step === 1)).toHaveLength(3);
  });

  it('waits for a held answer', async () => {
    const held = api.hold('edits-notes');
    const run = runClaude('edits-notes');
    expect((await held.arrived).prompt).toBe('Improve notes.md.');
    held.release();
    expect(await run).toBe(0);
  });
});

async function runClaude(scenario: string): Promise<number | null> {
  const args = [
    '-p',
    '--permission-mode',
    'acceptEdits',
    '--output-format',
    'stream-json',
    '--verbose',
  ];
  const env = claudeEnv({ home, baseUrl: api.url(scenario) });
  const child = spawn(binary ?? '', args, { cwd: home, env, stdio: ['pipe', 'ignore', 'inherit'] });
  child.stdin.end('Improve notes.md.');
  await once(child, 'close');
  return child.exitCode;
}
