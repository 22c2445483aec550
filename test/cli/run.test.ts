import { chmodSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { expectNothingLostOrPaidTwice } from '../crash/crash-rig.ts';
import { useProject, type CliProject } from './cli-project.ts';

describe('run', () => {
  it('ends with 0 at --max, whatever single iterations came to', async () => {
    const project = useProject();
    project.letFinish(1, 7);
    project.letFinish(2);
    const { code, out, err } = await project.callLoop('run', '--max', '2', '--interval', '0');
    expect(code, err).toBe(0);
    expect(out).toContain('iteration 1: failed');
    expect(out).toContain('iteration 2: succeeded');
    expect(out).toMatch(/reached --max/);
    expectNothingLostOrPaidTwice(project, 2);
  });

  it('ends with 158 when as many iterations in a row fail as are allowed', async () => {
    const project = useProject('exit 3');
    const { code } = await project.callLoop('run', '--max-failures', '2', '--interval', '0');
    expect(code).toBe(158);
    expect(project.outcomes()).toEqual(['failed', 'failed']);
    expect(project.eventsNamed('loop_end')[0]?.details['reason']).toBe('max_failures');
    expectNothingLostOrPaidTwice(project, 2);
  });

  it('tells how it ended though its kept isolation layer does not leave', async () => {
    const project = useProject(`touch mkfifo-hangs; exit 3`);
    const hanging = '#!/bin/sh\n[ ! -e mkfifo-hangs ] || exec sleep 4\nexec /usr/bin/mkfifo "$@"\n';
    project.write('mkfifo', hanging.replaceAll('mkfifo-hangs', project.path('mkfifo-hangs')));
    chmodSync(project.path('mkfifo'), 0o755);
    project.environment = { PATH: `${project.directory}:${process.env['PATH'] ?? ''}` };
    const { code, err } = await project.callLoop('run', '--max-failures', '1', '--interval', '0');
    expect(code, err).toBe(158);
  });

  it('says why an iteration failed', async () => {
    const project = useProject('echo "boom: no module foo" >&2; exit 7');
    const { out } = await project.callLoop('run', '--max', '1');
    expect(out).toMatch(/worker ended: failed, .*: exit code 7: boom: no module foo/);
  });

  it('prints no escape sequences where stdout is no terminal', async () => {
    const { code, out, err } = await ran();
    expect(code).toBe(0);
    // oxlint-disable-next-line no-control-regex -- it is the one looked for
    expect(out + err).not.toMatch(/\u001B/);
    expect(out).toContain('iteration 1: succeeded');
  });

  it('prints with --json its events, each a JSON object on a line, and nothing else', async () => {
    const { project, code, out, err } = await ran('--json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const told = out
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(told).toEqual(project.events());
    expect(project.eventsNamed('loop_end')).toHaveLength(1);
  });

  it('prints nothing with --quiet when all is well', async () => {
    const { code, out, err } = await ran('--quiet');
    expect({ code, out, err }).toEqual({ code: 0, out: '', err: '' });
  });

  it('says with --quiet what was wrong', async () => {
    const { code, out, err } = await useProject().callLoop('run', '--quiet', '--max', 'x');
    expect({ code, out }).toEqual({ code: 150, out: '' });
    expect(err).toContain('--max is "x"');
  });

  it('goes on when nobody reads its output any more', async () => {
    const project = useProject();
    const run = project.beginLoop('run', '--max', '2', '--interval', '0');
    await project.began(1);
    run.child.stdout?.destroy();
    run.child.stderr?.destroy();
    project.letFinish(1);
    project.letFinish(2);
    expect(await run.end).toMatchObject({ code: 0, signal: null });
    expect(project.outcomes()).toEqual(['succeeded', 'succeeded']);
    expectNothingLostOrPaidTwice(project, 2);
  });

  it('answers to its alias', async () => {
    const project = useProject();
    project.letFinish(1);
    expect(await project.callLoop('run-loop', '--max', '1')).toMatchObject({ code: 0 });
    expect(project.outcomes()).toEqual(['succeeded']);
  });

  it('takes its settings from the environment where no flag says otherwise', async () => {
    const project = useProject();
    [1, 2, 3].forEach((iteration) => project.letFinish(iteration));
    project.environment = {
      MAX_ITERATIONS: '9',
      AUTOLOOP_MAX_ITERATIONS: '2',
      INTERVAL_SECONDS: '3600',
    };
    expect(await project.callLoop('run', '--interval', '0')).toMatchObject({ code: 0 });
    expect(project.outcomes()).toHaveLength(2);
  });
});

interface Ran {
  readonly project: CliProject;
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A run of two iterations that succeed. */
async function ran(...flags: string[]): Promise<Ran> {
  const project = useProject();
  project.letFinish(1);
  project.letFinish(2);
  const called = await project.callLoop('run', '--max', '2', '--interval', '0', ...flags);
  return { project, ...called };
}
