import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

const TASK = `export default {
  expectsChanges: false,
  gates: [{ name: 'holds', command: ['true'] }],
};`;

describe('a file of autoloop that is not there any more', () => {
  it('is told before a worker starts, with the way to mend it', async () => {
    const { part, run, events } = useInstallation('echo done');
    rmSync(part);
    const { code, stderr } = await run();
    expect(code).toBe(155);
    expect(stderr).toContain('A file of autoloop itself is missing');
    expect(stderr).toContain('execa.cjs');
    expect(stderr).toContain('npm ci && npm run build');
    expect(events()).toEqual([]);
  });

  it('is no harm where it goes in the middle of a run: what the loop needs was loaded before', async () => {
    const { run, events } = useInstallation(
      'rm -f "$AUTOLOOP_WORKSPACE/../installed/dist/execa.cjs"',
    );
    expect((await run()).code).toBe(0);
    const ends = events().filter(({ event }) => event === 'iteration_end');
    expect(ends.map(({ details }) => details['outcome'])).toEqual(['succeeded', 'succeeded']);
    const gates = events().filter(({ event }) => event === 'validation');
    expect(gates.map(({ details }) => details['passed'])).toEqual([true, true]);
  });

  it('harms no loop that does not need it', async () => {
    const { part, run, events } = useInstallation(
      'echo done',
      'export default { expectsChanges: false };',
    );
    rmSync(part);
    expect((await run()).code).toBe(0);
    expect(events().filter(({ event }) => event === 'iteration_end')).toHaveLength(2);
  });
});

interface KeptEvent {
  readonly event: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** An autoloop of its own, and a project beside it whose agent is that line of shell. */
function useInstallation(agent: string, task = TASK) {
  const place = mkdtempSync(join(tmpdir(), 'autoloop-installed-'));
  onTestFinished(() => rmSync(place, { recursive: true, force: true }));
  const installed = join(place, 'installed');
  for (const name of ['bin', 'dist', 'package.json']) {
    cpSync(name, join(installed, name), { recursive: true });
  }
  symlinkSync(join(process.cwd(), 'node_modules'), join(installed, 'node_modules'));
  const project = join(place, 'project');
  mkdirSync(join(project, 'tasks', 'gated'), { recursive: true });
  writeFileSync(join(project, 'tasks', 'gated', 'task.mjs'), task);
  writeFileSync(join(project, 'PROMPT.md'), '# Improve it\n');
  writeFileSync(join(project, 'agent.sh'), `#!/bin/sh\ncat > /dev/null\n${agent}\n`, {
    mode: 0o755,
  });
  const loop = ['run', '--task', 'gated', '--prompt', 'PROMPT.md', '--max', '2', '--interval', '0'];
  const args = [...loop, '--agent', 'command', '--agent-command', './agent.sh'];
  return {
    part: join(installed, 'dist', 'execa.cjs'),
    run: () =>
      new Promise<{ code: unknown; stderr: string }>((resolve) => {
        const env = { PATH: process.env['PATH'], HOME: place };
        const options = { cwd: project, env };
        execFile(join(installed, 'bin', 'autoloop'), args, options, (error, _, stderr) =>
          resolve({ code: error === null ? 0 : error.code, stderr }),
        );
      }),
    events: (): readonly KeptEvent[] => {
      try {
        const text = readFileSync(join(project, 'data', 'gated', 'events.ndjson'), 'utf8');
        return text
          .trimEnd()
          .split('\n')
          .map((line): KeptEvent => JSON.parse(line));
      } catch {
        return [];
      }
    },
  };
}
