import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { agentsOf } from '../crash/end-project.ts';
import { useProject, type CliProject } from './cli-project.ts';

/** What follows has no PID namespaces any more: those of its own user namespace are used up. */
const WITHOUT_NAMESPACES = [
  'unshare',
  '--user',
  '--map-root-user',
  'sh',
  '-c',
  'echo 0 > /proc/sys/user/max_pid_namespaces && exec "$@"',
  'sh',
] as const;

const [unshare, ...words] = WITHOUT_NAMESPACES;
const canTakeAway = spawnSync(unshare, [...words, 'true']).status === 0;
const hasNamespaces = spawnSync('unshare', ['--user', '--pid', '--fork', 'true']).status === 0;

/** Leaves a daemon that no sweep finds: no group, no session, no parent, no environment. */
const HIDING = `
(env -i setsid sh -c 'sleep 600 & sleep 0.3' > /dev/null 2>&1 < /dev/null &)
sleep 0.2
ls -d /proc/[0-9]* | wc -l > seen-$AUTOLOOP_ITERATION
`;

describe.runIf(hasNamespaces)('where there are PID namespaces', () => {
  it('a worker is supervised strictly, and says so', async () => {
    const project = useProject();
    const loop = project.beginLoop('run', '--max', '1');
    await project.began(1);
    await project.recorded('worker_start');
    expect((await project.status()).worker?.supervision).toBe('strict');
    project.letFinish(1);
    expect((await loop.end).code).toBe(0);
    const { out } = await project.steer('show', '1');
    expect(out).toContain('strict supervision');
    expect((await project.steer('health')).out).toMatch(/✓ supervision +strict/);
  });

  it('nothing that hides from a sweep outlives its worker, and what did is named', async () => {
    const project = useProject(HIDING);
    expect((await project.callLoop('run', '--max', '2', '--interval', '0')).code).toBe(0);
    expect(swept(project)).toEqual([
      expect.arrayContaining(['sleep']),
      expect.arrayContaining(['sleep']),
    ]);
    expect(Number(readFileSync(project.path('seen-1'), 'utf8'))).toBeLessThan(12);
  });

  it('base can be asked for', async () => {
    const project = useProject('echo done');
    const { code, err } = await project.callLoop('once', '--supervision', 'base');
    expect(code, err).toBe(0);
    expect((await project.steer('show', '1')).out).toContain('base supervision');
  });
});

describe.runIf(canTakeAway)('where there are none', () => {
  const useBareProject = (): CliProject =>
    Object.assign(useProject('echo done'), { through: WITHOUT_NAMESPACES });

  it('supervision is base, and health says why', async () => {
    const project = useBareProject();
    expect((await project.callLoop('once')).code).toBe(0);
    expect((await project.steer('show', '1')).out).toContain('base supervision');
    expect((await project.callLoop('health')).out.replaceAll(/\s+/g, ' ')).toMatch(
      /! supervision base \(.*\); strict cannot be had: unshare: unshare failed/,
    );
  });

  it.each(['run', 'start', 'once'])('%s refuses to be strict', async (command) => {
    const project = useBareProject();
    const { code, err } = await project.callLoop(command, '--supervision', 'strict');
    expect(code).toBe(150);
    expect(err).toContain('Strict supervision cannot be had here: unshare: unshare failed');
    expect(err).toContain('--supervision auto');
    expect(project.events()).toEqual([]);
  });
});

function swept(project: CliProject): unknown[] {
  return project.eventsNamed('worker_end').map(({ details }) => details['swept']);
}

describe('an agent that kills its parent', () => {
  const KILLS_PARENT = 'kill -9 $PPID; sleep 0.5; echo survived';

  it.runIf(hasNamespaces)('reaches nobody in a namespace', async () => {
    const project = useProject(KILLS_PARENT);
    expect((await project.callLoop('once')).code).toBe(0);
    expect(project.outcomes()).toEqual(['succeeded']);
  });

  it('is interrupted under base supervision, and nothing of it is left', async () => {
    const project = useProject(`sleep 600 & ${KILLS_PARENT}`);
    const flags = ['--supervision', 'base', '--max-retries', '0'];
    expect((await project.callLoop('once', ...flags)).code).toBe(151);
    expect(project.outcomes()).toEqual(['interrupted']);
    expect(agentsOf(project)).toEqual([]);
  });
});
