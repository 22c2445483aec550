import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { expectNothingLostOrPaidTwice } from '../crash/crash-rig.ts';
import { useProject, type CliProject } from './cli-project.ts';

const NOBODY = 65_534;
const isRoot = process.geteuid?.() === 0;
/** Nothing is denied to root. */
const AS_USER = isRoot
  ? ['setpriv', '--reuid', `${NOBODY}`, '--regid', `${NOBODY}`, '--clear-groups']
  : [];
const autoloop = join(import.meta.dirname, '..', '..', 'bin', 'autoloop');
const [program, ...words] = [...AS_USER, autoloop, '--version'];
const canRun = spawnSync(program, words).status === 0;

const ONE = ['--max', '1', '--interval', '0'];
const ATTEMPTS = ['data', 'prompt', 'iterations'];

describe.skipIf(!canRun)('an agent that takes from its loop', () => {
  it('the folder of its attempt, and ends, ends the run with 155, the path and what mends it', async () => {
    const project = usersProject('chmod 000 data/prompt/iterations');
    const { code, err } = await project.callLoop('run', ...ONE);
    expect([code, err]).toEqual([155, expect.stringMatching(/^autoloop: Cannot read .*EACCES/m)]);
    expect(err).toMatch(/^Give it to this user.*ls -ld .*attempt-1/m);
    expect(project.outcomes()).toEqual(['unknown']);
    const status = await project.steer('status');
    const said = status.out.replaceAll(/\s+/g, ' ');
    expect([status.code, said]).toEqual([3, expect.stringMatching(/why Cannot read .*EACCES/)]);
    expect(said).toMatch(/next Give it to this user.*: ls -ld .*; then: \S+ start /);
    chmodSync(project.path(...ATTEMPTS), 0o700);
    const again = await project.callLoop('run', ...ONE, '--agent-command', 'true');
    expect(again.code, again.err).toBe(0);
    expect(project.outcomes()).toEqual(['unknown', 'succeeded']);
    expect(project.eventsNamed('loop_start')).toHaveLength(2);
  });

  it('the folder of its attempt, and gives it back, takes nothing from it', async () => {
    const project = usersProject(
      'chmod 000 data/prompt/iterations; sleep 0.5; chmod 700 data/prompt/iterations',
    );
    const { code, err } = await project.callLoop('run', ...ONE);
    expect(code, err).toBe(0);
    expect(project.outcomes()).toEqual(['succeeded']);
    expectNothingLostOrPaidTwice(project, 1);
  });

  it('all of its state leaves a run that goes on when it is given back', async () => {
    const project = usersProject('[ -e again ] || { touch again; chmod 000 data; }');
    const { code, err } = await project.callLoop('run', ...ONE);
    expect([code, err]).toEqual([155, expect.stringMatching(/Cannot .*EACCES/)]);
    chmodSync(project.path('data'), 0o700);
    const status = await project.steer('status');
    expect([status.code, status.out]).toEqual([4, expect.stringContaining('resume')]);
    const again = await project.callLoop('run', ...ONE);
    expect(again.code, again.err).toBe(0);
    expect(project.eventsNamed('loop_start')).toHaveLength(1);
    expect(project.outcomes()).toEqual(['succeeded']);
    expectNothingLostOrPaidTwice(project, 1);
  });
});

/** Of a user to whom something can be denied. */
function usersProject(agent: string): CliProject {
  const project = useProject(agent);
  project.through = AS_USER;
  project.environment = { XDG_CACHE_HOME: project.directory };
  if (isRoot) {
    ['', ...readdirSync(project.directory)].forEach((name) =>
      chownSync(project.path(name), NOBODY, NOBODY),
    );
  }
  onTestFinished(() => void spawnSync('chmod', ['-R', 'u+rwX', project.directory]));
  return project;
}
