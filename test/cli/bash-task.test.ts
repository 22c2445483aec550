import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { eventually } from '../crash/crash-rig.ts';
import { isAlive, kill } from '../crash/end-project.ts';
import { useProject, type CliProject } from './cli-project.ts';

const SAMPLE = join(import.meta.dirname, '..', 'actors', 'bash-task', 'sample', 'tasks');

const AGENT = ['--agent', 'command', '--agent-command', './agent.sh'] as const;
/** The folder of its data is that of the other tests' helpers. */
const NAMED = ['--name', 'prompt'] as const;
const ONE = [...NAMED, '--max', '1'] as const;

describe('a task folder of the original, dropped into a project', () => {
  it('runs as it is', async () => {
    const project = useProject('env > seen; echo done');
    cpSync(SAMPLE, project.path('tasks'), { recursive: true });
    project.environment = { GARDEN_SEASON_WANTED: 'autumn', ULTRA_THINK_PREFIX: 'Think. ' };
    const { code, out, err } = await project.call('run', ...AGENT, ...ONE);
    expect(code, out + err).toBe(0);
    expect(project.outcomes()).toEqual(['succeeded']);
    const folder = project.path('tasks/garden-improvement');
    expect(project.promptOf(1)).toBe(
      [
        `Iteration: 1\nEvents: ${project.data('events.ndjson')}. Season: autumn.`,
        `Cheat sheet: ${folder}/prompts/cheatsheet.md\n`,
        'Think. # Tend the garden\n\nOne bed in an iteration. End with a line of what you did.',
      ].join('\n'),
    );
    const seen = readFileSync(project.path('seen'), 'utf8').split('\n');
    expect(seen).toContain('GARDEN_SEASON=autumn');
    expect(seen).toContain('GARDEN_LIST_CMD=cat garden.json');
    expect(seen).toContain(`EVENTS_JSONL=${project.data('events.ndjson')}`);
    expect(seen.filter((line) => /^(?:MAX_TURNS|LOOP_|DATA_DIR|AUTOLOOP_SH_)/.test(line))).toEqual(
      [],
    );
    expect(out + err).not.toContain('the gate is open');
    expect(log(project)).toContain('WARNING: the gate is open');
  });

  it('hands its summary on, and is understood by dry-run and health', async () => {
    const project = useProject('echo "weeded bed 3"');
    cpSync(SAMPLE, project.path('tasks'), { recursive: true });
    const dry = await project.call('dry-run', ...AGENT, '--max-turns', '7', '--json');
    expect(dry.code, dry.err).toBe(0);
    expect(JSON.parse(dry.out).prompt).toContain('Season: spring');
    expect((await project.call('health', ...AGENT)).out).toMatch(/✓ task .*garden-improvement/);
    await project.call('run', ...AGENT, ...NAMED, '--max', '2', '--interval', '0');
    expect(project.promptOf(2)).toMatch(/^What happened before:\n\n[^]*weeded bed 3/);
  });

  it('ends the iteration and not the loop when its hook fails', async () => {
    const project = useProject('echo done');
    cpSync(SAMPLE, project.path('tasks'), { recursive: true });
    project.environment = { GARDEN_SEASON_WANTED: 'mud' };
    await project.call('run', ...AGENT, ...NAMED, '--max', '2', '--interval', '0');
    expect(project.outcomes()).toEqual(['failed', 'failed']);
    expect(project.ledger()).toEqual([]);
    expect(log(project)).toContain('ERROR: no such season: mud');
  });
});

describe('a hook of a bash task that hangs', () => {
  const HANGING = `task_build_helper_context() {
    [[ ! -e free ]] || return 0
    echo $BASHPID > starting; mv starting hangs
    while :; do sleep 1000; done
  }`;

  it('is ended with its loop by stop --force', async () => {
    const project = useProject('echo done');
    task(project, HANGING);
    const run = project.begin('run', ...AGENT, ...ONE);
    const hook = await hanging(project);
    const stopped = await project.call('stop', '--force', '--task', 'digger', ...NAMED);
    expect(stopped.code, stopped.err).toBe(0);
    await run.end;
    expect(isAlive(hook)).toBe(false);
    expect(project.ledger()).toEqual([]);
  });

  it('ends with a runner that is killed, and its iteration goes on in the next life', async () => {
    const project = useProject('echo done');
    task(project, HANGING);
    const run = project.begin('run', ...AGENT, ...ONE);
    const hook = await hanging(project);
    kill(project.runnerPid());
    await run.end;
    await eventually('the hook is gone', () => !isAlive(hook));
    project.write('free', '');
    expect((await project.call('run', ...AGENT, ...ONE)).code).toBe(0);
    expect(project.eventsNamed('iteration_start')).toHaveLength(1);
    expect(project.outcomes()).toEqual(['succeeded']);
    expect(project.ledger()).toHaveLength(1);
  });
});

async function hanging(project: CliProject): Promise<number> {
  await eventually('it hangs', () => project.has('hangs'));
  return Number(readFileSync(project.path('hangs'), 'utf8'));
}

describe('task_run_worker', () => {
  it('is the worker: prompt as argument and on stdin, all of the original variables, redacted', async () => {
    const project = useProject();
    task(
      project,
      `set -euo pipefail
      LOOP_TASK=digger
      TOP=(a "b c")
      task_prepare_worker_env() { export DEPTH=$'3\\n4' MAX_TURNS=9 LOG_FILE="it's"; echo "key $THE_API_KEY" >&2; }
      task_run_worker() {
        [[ "$1." == "$(cat; echo .)" ]] && echo same
        printf '%s|' "$2" "$DEPTH" "$MAX_TURNS" "$TIMEOUT" "$ITERATION_NUMBER" "\${TOP[1]}" "$LOG_FILE" "$PROMPT_PATH" > seen
        printf '%s' "$1" > prompt
        echo "Authorization: Bearer abcdefghijklmnop1234"
        env | grep -c THE_API_KEY > secrets || :
        env > environment
      }`,
    );
    project.environment = { THE_API_KEY: 'tell-nobody-at-all' };
    const { code, out, err } = await project.call('run', ...ONE, '--timeout', '77');
    expect(code, out + err).toBe(0);
    expect(project.outcomes()).toEqual(['succeeded']);
    expect(readFileSync(project.path('seen'), 'utf8')).toBe(`1|3\n4|9|77|1|b c|it's||`);
    expect(readFileSync(project.path('prompt'), 'utf8')).toBe('# Dig\n');
    expect(readFileSync(project.path('secrets'), 'utf8')).toBe('0\n');
    const environment = readFileSync(project.path('environment'), 'utf8');
    expect(environment).toMatch(/^AUTOLOOP_ATTEMPT_ID=/m);
    expect(environment).toMatch(/^MAX_TURNS=9$/m);
    expect(environment).not.toMatch(/^(?:LOOP_TASK|PROMPT_PATH|AUTOLOOP_SH)=/m);
    const worker = readFileSync(project.data('iterations', '000001.log'), 'utf8');
    expect(worker).toContain('same');
    expect(worker).not.toContain('abcdefghijklmnop1234');
    expect(log(project)).toContain('task_prepare_worker_env says: key [REDACTED');
  });

  it('fails as its commands do under set -e, and is ended with all it started', async () => {
    const project = useProject();
    task(
      project,
      `set -e
      task_run_worker() { sleep 1000 & echo $! > child;
        until grep -qsx sleep /proc/$!/comm; do :; done; false; echo unreached > unreached; }`,
    );
    await project.call('run', ...ONE);
    expect(project.outcomes()).toEqual(['failed']);
    expect(project.has('child')).toBe(true);
    expect(project.has('unreached')).toBe(false);
    expect(project.eventsNamed('worker_end')[0]?.details['swept']).toMatchObject([
      expect.stringContaining('sleep'),
    ]);
  });
});

function task(project: CliProject, script: string): void {
  const file = project.path('tasks/digger/task.sh');
  mkdirSync(dirname(file), { recursive: true });
  project.write('tasks/digger/task.sh', script);
  project.write('tasks/digger/prompt.md', '# Dig\n');
}

function log(project: CliProject): string {
  return readFileSync(project.data('loop.log'), 'utf8');
}
