import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventually } from '../crash/crash-rig.ts';
import { useProject, type CliProject } from './cli-project.ts';

const HOLDER = join(import.meta.dirname, '..', 'stores', 'programs', 'holds-connections.ts');
const NO_MEMORY = ['--min-free-memory', '999999999'] as const;

describe('a loop that something is in the way of', () => {
  it('waits, says for what, and goes on when it has gone', async () => {
    const word = `agent-${process.pid}-of-the-gates`;
    const holder = spawn(process.execPath, [HOLDER, '127.0.0.1', '3', word], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    onTestFinished(() => void holder.kill('SIGKILL'));
    await once(holder.stdout, 'data');
    const project = useProject('echo done');
    const run = project.beginLoop('run', '--max', '1', '--max-tcp', '5', '--tcp-filter', word);
    await project.recorded('wait_start');
    const status = await project.status();
    expect(status).toMatchObject({ state: 'waiting.gate', iteration: 0, worker: null });
    expect(status.wait).toMatchObject({ kind: 'gate', gate: { kind: 'tcp', value: 6, limit: 5 } });
    expect((await project.steer('status')).out).toContain(
      '6 TCP connections, at most 5; looks again',
    );
    expect((await project.steer('status')).out).toContain('skip-wait');
    expect(run.printed()).toContain('in the way: 6 TCP connections, at most 5');
    holder.stdin.end();
    expect((await run.end).code).toBe(0);
    expect(project.eventsNamed('gate')[0]?.details).toEqual({ kind: 'tcp', value: 6, limit: 5 });
    expect(project.outcomes()).toEqual(['succeeded']);
  });

  it('goes on at once with skip-wait, for this attempt alone', async () => {
    const project = useProject('echo done');
    const run = project.beginLoop('run', '--max', '2', '--interval', '0', ...NO_MEMORY);
    await project.recorded('wait_start');
    expect((await project.steer('skip-wait')).code).toBe(0);
    await project.recorded('iteration_end');
    await project.recorded('gate', 2);
    await eventually('it waits again', () => waits(project) === 2);
    expect(project.outcomes()).toEqual(['succeeded']);
    expect((await project.steer('skip-wait')).code).toBe(0);
    expect((await run.end).code).toBe(0);
    expect(project.outcomes()).toEqual(['succeeded', 'succeeded']);
  });

  it('stops at once', async () => {
    const project = useProject('echo done');
    const run = project.beginLoop('run', ...NO_MEMORY);
    await project.recorded('wait_start');
    expect((await project.steer('stop')).code).toBe(0);
    expect((await run.end).code).toBe(0);
    expect(project.eventsNamed('iteration_start')).toEqual([]);
  });

  it('keeps once waiting, too, until Ctrl-C', async () => {
    const project = useProject('echo done');
    const asked = project.beginLoop('once', ...NO_MEMORY);
    await project.recorded('wait_start');
    asked.child.kill('SIGINT');
    await asked.end;
    expect(project.eventsNamed('worker_start')).toEqual([]);
    expect((await project.status()).state).toBe('stopped');
  });

  it('is told by health', async () => {
    const project = useProject('echo done');
    const { out } = await project.callLoop('health', ...NO_MEMORY);
    expect(out.replaceAll(/\s+/g, ' ')).toMatch(
      /! gates \d+ MB of memory to give, 999999999 are wanted/,
    );
    expect((await project.callLoop('health')).out).toMatch(/✓ gates/);
  });
});

function waits(project: CliProject): number {
  return project.eventsNamed('wait_start').filter(({ details }) => details['kind'] === 'gate')
    .length;
}
