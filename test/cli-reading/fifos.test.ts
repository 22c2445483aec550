import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { EXIT } from '../../src/domain/error.ts';
import { dataPaths } from '../../src/stores/data-paths.ts';
import { DataFolder } from './data-folder.ts';
import { folder, useCommand } from './use-command.ts';

const TASK = { task: 'prompt' };
const LOG = join('iterations', '000001.log');

// Whoever opened a FIFO without looking would wait for ever.
it.each([
  ['status', 'events.ndjson', []],
  ['events', 'events.ndjson', []],
  ['iterations', 'events.ndjson', []],
  ['show', 'events.ndjson', ['1']],
  ['show', LOG, ['1']],
  ['logs', 'loop.log', []],
])('%s says of a FIFO at %s that it is no regular file', async (command, file, args) => {
  const cwd = projectWith(file);
  const { code, notices } = await useCommand(command, { cwd, globals: TASK, args });
  expect(code, notices).toBe(EXIT.access);
  expect(notices).toMatch(/Cannot read .*: it is no regular file/);
  expect(notices).toContain('ls -ld');
});

it.each(['events.ndjson', 'loop.lock', 'loop.owner.json'])(
  'health finds a FIFO at %s',
  async (file) => {
    const { code, out } = await useCommand('health', { cwd: projectWith(file), globals: TASK });
    expect(code).toBe(1);
    expect(out).toMatch(/is\s+no\s+regular\s+file/);
  },
);

/** One iteration, and a FIFO in the place of that file. */
function projectWith(file: string): string {
  const cwd = folder();
  const data = new DataFolder(cwd);
  data.write(data.paths.events, data.iteration(1, { outcome: 'succeeded' }));
  const path = join(dataPaths(join(cwd, 'data', 'prompt')).directory, file);
  rmSync(path, { force: true });
  execFileSync('mkfifo', [path]);
  return cwd;
}
