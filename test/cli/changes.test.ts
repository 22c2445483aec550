import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { eventually } from '../crash/crash-rig.ts';
import { kill } from '../crash/end-project.ts';
import type { CliProject } from './cli-project.ts';
import { loop, outcomes, told, useRepository, useTask } from './fixing-task.ts';

describe('what an iteration changed, where its agent does not say', () => {
  it('is told by git without a checkpoint, and is only what the iteration did', async () => {
    const project = useTask(
      'echo more >> dirty; git add dirty; git commit -qm mine; mkdir sub; echo new > sub/file; echo fine',
      { 2: 'echo fine' },
    );
    useRepository(project);
    ['dirty', 'untouched'].forEach((name) => project.write(name, 'before\n'));
    const { code } = await loop(project, 'run', '--max', '2', '--interval', '0').end;
    expect(code).toBe(0);
    expect(changes(project)).toEqual([['dirty', 'sub/file'], []]);
    expect(report(project)).toMatchObject({ derived: true, changes: ['dirty', 'sub/file'] });
    expect(readFileSync(project.path('data/fix/summary.txt'), 'utf8')).toContain(
      'changed: sub/file',
    );
  });

  it('is not known outside of a repository', async () => {
    const project = useTask('write x; echo fine', {});
    await loop(project, 'once').end;
    expect(changes(project)).toEqual([null]);
    expect(report(project)).toMatchObject({ derived: true, changes: [] });
  });

  it('is the same whatever runner looks, though one was killed in between', async () => {
    const project = useTask(
      'echo early > early; : > began; until [ -e go ]; do sleep 0.05; done; write late; echo fine',
      {},
    );
    project.write('.gitignore', 'prompt-*\nledger\n.cache\nbegan\ngo\n');
    useRepository(project);
    const run = loop(project, 'run', '--max', '1');
    await eventually('the agent works', () => project.has('began'));
    kill(Number(readFileSync(project.path('data/fix/loop.pid'), 'utf8')));
    await run.end;
    const resumed = loop(project, 'run', '--max', '1');
    project.write('go', '');
    expect((await resumed.end).code).toBe(0);
    expect(outcomes(project)).toEqual(['succeeded']);
    expect(changes(project)).toEqual([['early', 'work']]);
  });
});

describe('drift', () => {
  const TASK = `selectTarget: () => 'api', measure: ({ target }) => ({ ownPaths: ['services/' + target] }),`;
  const HOME = 'mkdir -p services/api; echo $AUTOLOOP_ITERATION > services/api/file; echo fine';

  it.each([['off'], ['commit']])(
    'is told by the paths that are the own ones of a target, checkpoint %s',
    async (checkpoint) => {
      const project = useTask(HOME, { 2: 'write elsewhere; echo fine', task: TASK });
      useRepository(project);
      const flags = ['--max', '2', '--interval', '0', '--checkpoint', checkpoint];
      expect((await loop(project, 'run', ...flags).end).code).toBe(0);
      expect(changes(project)).toEqual([['services/api/file'], ['work']]);
      const summary = JSON.parse(readFileSync(project.path('data/fix/summary.json'), 'utf8'));
      expect(summary.state.drifts).toEqual([false, true]);
      expect(summary.quality.drift_coefficient).toBe(0.5);
    },
  );
});

function changes(project: CliProject): unknown[] {
  return told(project, 'iteration_end').map((details) => details['changes']);
}

function report(project: CliProject): unknown {
  return JSON.parse(readFileSync(project.path('data/fix/iterations/000001/report.json'), 'utf8'));
}
