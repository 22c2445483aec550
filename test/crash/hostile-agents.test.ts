import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AttemptCgroup } from '../../src/stores/attempt-cgroup.ts';
import { ended, eventually, expectNothingLostOrPaidTwice } from './crash-rig.ts';
import { kill } from './end-project.ts';
import { useSteeredProject, type SteeredProject } from './steered-project.ts';

const HOSTILE = join(import.meta.dirname, '..', 'agents-programs', 'hostile');

/** With a real runner. All agents and endings, without one, are the table of test/isolation/hostile-agents.ts. */
const AGENTS = [
  'double-fork.sh',
  'forks-thousand.sh',
  'holds-stdout.sh',
  'ignores-signals.sh',
  'scrubbed-daemon.sh',
  'setsid-double-fork.sh',
] as const;

const probe = AttemptCgroup.make(`probe-crash-${process.pid}`);
probe?.remove();

describe.concurrent.each(['strict', 'base'])(
  'supervised %s, a runner is killed, and',
  (supervision) => {
    const agents = AGENTS.filter(
      (name) => supervision === 'strict' || probe !== null || name !== 'scrubbed-daemon.sh',
    );

    it.for(agents)('force-stop leaves nothing of %s', async (name, test) => {
      const { project, token } = await orphaned(test, { name, supervision });
      expect(await project.steerLoop('force-stop')).toMatchObject({ code: 0 });
      expect(pidsWith(token)).toEqual([]);
      expect(project.told('iteration_end', 'outcome')).toEqual(['killed']);
      expectNothingLostOrPaidTwice(project, 1);
    });

    it.for(agents)(
      'the next one adopts %s, and ends it when its time has run out',
      async (name, test) => {
        const { project, token } = await orphaned(test, { name, supervision });
        const { code, output } = await project.live();
        expect(code, output).toBe(0);
        expect(pidsWith(token)).toEqual([]);
        expect(project.eventsNamed('worker_adopt')).toHaveLength(1);
        expect(project.told('iteration_end', 'outcome')).toEqual(['timed_out']);
        expectNothingLostOrPaidTwice(project, 1);
      },
    );
  },
);

interface Orphan {
  readonly name: string;
  readonly supervision: string;
}

let tokens = 500_000_000 + process.pid * 100;

/** A loop whose agent is at its worst, and whose runner has just died. */
async function orphaned(
  test: Parameters<typeof useSteeredProject>[0],
  { name, supervision }: Orphan,
): Promise<{ project: SteeredProject; token: string }> {
  const token = String((tokens += 1));
  const project = useSteeredProject(test, {
    flags: [
      ...['--agent', 'command', '--max', '1', '--timeout', '6', '--grace', '0.3'],
      ...['--supervision', supervision, '--max-procs', '0'],
    ],
    agent: `exec "${HOSTILE}/${name}" ${token} stay`,
  });
  test.onTestFinished(() => pidsWith(token).forEach(kill));
  const runner = project.start();
  const end = ended(runner);
  const log = project.data('iterations', '000001.log');
  await eventually('it is ready', () => textOf(log).includes('ready'));
  await project.recorded('worker_start');
  runner.kill('SIGKILL');
  await end;
  return { project, token };
}

/** By other means than those of the program under test. */
function pidsWith(token: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && pid !== process.pid)
    .filter((pid) => textOf(`/proc/${pid}/cmdline`).includes(token));
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
