import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { eventually, expectNothingLostOrPaidTwice } from '../crash/crash-rig.ts';
import { killRunner, useProject, type CliProject } from './cli-project.ts';
import { useProgram, useRecordedAgent } from './recorded-agent.ts';

const PROMPT = ['--prompt', 'PROMPT.md'];
const AT_ONCE = ['--interval', '0'];

function endReason(project: CliProject): unknown {
  return project.eventsNamed('loop_end').at(-1)?.details['reason'];
}

describe('a run without a cap', () => {
  it('says what would bound it, in one place', async () => {
    const project = useProject('exit 0');
    const run = project.beginLoop('run', '--interval', '1h');
    await project.recorded('wait_start');
    run.child.kill('SIGINT');
    const { out } = await run.end;
    expect(out).toMatch(/Nothing bounds this run: .* stopped or 5 iterations in a row fail\./);
    expect(out).toMatch(/--max, --max-cost, --max-tokens, --max-runtime, --until or --for/);
  });
});

describe('a loop in the background', () => {
  it('says what bounds it, and which flags of its last start do not hold any more', async () => {
    const project = useProject('exit 0');
    const begun = await project.callLoop('start', '--max', '5', '--interval', '1h');
    expect(begun.out).toContain('Bounded: 0 of 5 iterations');
    await project.recorded('wait_start');
    await killRunner(project);
    const resumed = await project.callLoop('resume');
    expect(resumed.out).toContain('Nothing bounds this run');
    expect(resumed.err).toMatch(/do not hold any more: .*--max 5/);
    expect(await project.call('status'), 'the only loop here needs no name').toMatchObject({
      code: 0,
    });
  });
});

describe('a note', () => {
  it('waits on where the service let nobody in', async () => {
    const project = useProject();
    useRecordedAgent(project, 'claude', ['unauthorized', 'says-hello']);
    const run = ['run', ...PROMPT, '--agent', 'claude', '--max', '1', ...AT_ONCE];
    expect(await project.call('note', 'look at the docs', '--task', 'prompt')).toMatchObject({
      code: 0,
    });
    expect(await project.call(...run)).toMatchObject({ code: 155 });
    expect(await project.call(...run)).toMatchObject({ code: 0 });
    expect(project.promptOf(2)).toContain('look at the docs');
  });
});

describe.concurrent('a cap of time', () => {
  it('ends a wait, with 158 and its name', async (test) => {
    const project = useProject('exit 0', test);
    const { code, out } = await project.callLoop('run', '--interval', '1h', '--max-runtime', '2');
    expect(code, out).toBe(158);
    expect(out).toContain('Bounded: ');
    expect(out).toContain('--max-runtime');
    expect(endReason(project)).toBe('max_runtime');
    expect((await project.status()).caps).toMatchObject({ maxRuntimeSeconds: 2 });
  });

  it('ends a worker, which has used up its budget then', async (test) => {
    const project = useProject('exec sleep 60', test);
    const flags = ['--max-runtime', '2', '--grace', '1', ...AT_ONCE];
    const { code, out } = await project.callLoop('run', ...flags);
    expect([code, project.outcomes()], out).toEqual([158, ['budget_exceeded']]);
    expect(endReason(project)).toBe('max_runtime');
    expectNothingLostOrPaidTwice(project, 1);
  });

  it('counts what a runner lived that was killed', async (test) => {
    const project = useProject('exit 0', test);
    const flags = ['--interval', '1h', '--max-runtime', '14'];
    expect(await project.callLoop('start', ...flags)).toMatchObject({ code: 0 });
    const hasBeaten = (): boolean => project.has('data/prompt/heartbeat');
    await eventually('its heart has beaten', hasBeaten, 20_000);
    await killRunner(project);
    const begin = Date.now();
    const { code } = await project.callLoop('run', ...flags);
    expect(code).toBe(158);
    // Ten seconds had gone by at the first beat.
    expect(Date.now() - begin).toBeLessThan(9_000);
  }, 60_000);
});

describe.concurrent('--for and --until', () => {
  it('end a run cleanly when their moment has come', async (test) => {
    const project = useProject('exit 0', test);
    const { code, out } = await project.callLoop('run', '--interval', '1h', '--for', '2');
    expect(code, out).toBe(0);
    expect(out).toContain('no new iteration from');
    expect(endReason(project)).toBe('stopped');
    expect(project.eventsNamed('control')[0]?.details).toEqual({ command: '--until' });
  });

  it('let the iteration at hand finish', async (test) => {
    const project = useProject(undefined, test);
    const run = project.beginLoop('run', '--for', '2', ...AT_ONCE);
    await project.began(1);
    await project.recorded('control');
    project.letFinish(1);
    expect(await run.end).toMatchObject({ code: 0 });
    expect(project.outcomes()).toEqual(['succeeded']);
  });

  it('hold for a loop in the background, too', async (test) => {
    const project = useProject('exit 0', test);
    const started = await project.callLoop('start', '--interval', '1h', '--for', '3');
    expect(started.code, started.err).toBe(0);
    await project.recorded('loop_end');
    expect(endReason(project)).toBe('stopped');
  });

  it('hold for the run that a runner who was killed has left', async (test) => {
    const project = useProject('exit 0', test);
    const begin = Date.now();
    const started = await project.callLoop('start', '--interval', '1h', '--for', '6');
    expect(started.code, started.err).toBe(0);
    await project.recorded('wait_start');
    const { caps } = await project.status();
    await killRunner(project);
    const { code, out } = await project.callLoop('run', '--interval', '1h');
    expect(code, out).toBe(0);
    expect(out).toContain('no new iteration from');
    expect(Date.now() - begin).toBeGreaterThan(5_000);
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(caps.until ?? ''));
    expect(project.eventsNamed('iteration_start')).toHaveLength(1);
  });

  it('do not make of a first Ctrl-C a second one', async (test) => {
    const project = useProject(undefined, test);
    const run = project.beginLoop('run', '--for', '2', ...AT_ONCE);
    await project.began(1);
    await project.recorded('control');
    run.child.kill('SIGINT');
    await project.recorded('signal');
    project.letFinish(1);
    expect(await run.end).toMatchObject({ code: 0 });
    expect(project.outcomes()).toEqual(['succeeded']);
  });

  it.for<[string, string, RegExp]>([
    ['--for', 'soon', /--for is "soon", which is no length of time/],
    ['--for', '0', /no length of time/],
    ['--until', '25:00', /--until is "25:00", which is no moment to come/],
    ['--until', '2020-01-01T00:00:00Z', /no moment to come/],
  ])('%s %s is refused before anything starts', async ([flag, value, message], test) => {
    const project = useProject('exit 0', test);
    const { code, err } = await project.callLoop('run', flag, value);
    expect(code).toBe(150);
    expect(err).toMatch(message);
    expect(project.has('data')).toBe(false);
  });
});

describe('a cap that the agent could not keep', () => {
  it.each([
    ['--max-cost', '5', /does not tell what it costs/],
    ['--max-tokens', '5', /does not tell its tokens/],
  ])('%s is refused: the agent command tells nothing', async (flag, value, message) => {
    const project = useProject('exit 0');
    const { code, err } = await project.callLoop('run', flag, value);
    expect(code).toBe(150);
    expect(err).toMatch(message);
  });

  it('of cost is refused without a price table, and kept with one', async () => {
    const project = useProject();
    useRecordedAgent(project, 'gemini', ['edits-a-file']);
    const run = ['run', ...PROMPT, '--agent', 'gemini', '--max-cost', '0.5', ...AT_ONCE];
    const refused = await project.call(...run);
    expect(refused.code).toBe(150);
    expect(refused.err).toMatch(/--price-table FILE/);
    project.write('prices.json', '{"gemini": {"in": 100, "out": 100}}');
    const { code, out } = await project.call(...run, '--price-table', 'prices.json');
    expect(code, out).toBe(158);
    expect(endReason(project)).toBe('max_cost');
    expect(out).toContain('about $');
    const [end] = project.eventsNamed('iteration_end');
    expect(end?.details).toMatchObject({ cost_estimated: true, outcome: 'succeeded' });
    const { totals } = await project.status();
    expect(totals.costUsd).toBeGreaterThanOrEqual(0.5);
    expect(totals.costIsEstimated).toBe(true);
  });

  it.each([
    ['{"gemini": {"in": "cheap", "out": 1}}', /prices\.json is no price table: in gemini\.in/],
    ['{"gemini": ', /prices\.json is no price table/],
  ])('a price table that is %s is refused', async (table, message) => {
    const project = useProject('exit 0');
    project.write('prices.json', table);
    const { code, err } = await project.callLoop('run', '--price-table', 'prices.json');
    expect(code).toBe(150);
    expect(err).toMatch(message);
  });
});

describe('a worker that passes its cap while it works', () => {
  it('is ended within five seconds, by what it says of itself', async () => {
    const project = useProject();
    const usage = { input_tokens: 900, output_tokens: 200 };
    const says = (id: string) =>
      JSON.stringify({
        ...{ type: 'assistant', session_id: 's-1' },
        message: { id, content: [{ type: 'text', text: 'on it' }], usage },
      });
    useProgram(
      project,
      'claude',
      `echo '{"type":"system","subtype":"init","model":"m","session_id":"s-1"}'
trap '' TERM
for n in 1 2 3 4; do echo '${says('message-N')}' | sed "s/message-N/m$n/"; sleep 0.2; done
date +%s%N > passed; while :; do sleep 0.1; done`,
    );
    const flags = ['--agent', 'claude', '--max-tokens', '2000', '--grace', '60', ...AT_ONCE];
    const { code, out } = await project.call('run', ...PROMPT, ...flags);
    expect([code, project.outcomes()], out).toEqual([158, ['budget_exceeded']]);
    const [end] = project.eventsNamed('worker_end');
    expect(JSON.stringify(end?.details)).toMatch(
      /it used \d+ tokens, 2000 were left of --max-tokens/,
    );
    const passed = Number(readFileSync(project.path('passed'), 'utf8')) / 1e6;
    expect(Date.parse(end?.timestamp ?? '') - passed).toBeLessThan(5_000);
    expect(endReason(project)).toBe('max_tokens');
  }, 60_000);
});

describe('fallback agents', () => {
  const flags = ['--agent', 'claude', '--fallback-agents', 'gemini', '--max', '2', ...AT_ONCE];

  it('go on within the iteration while a limit holds the first, each with its own command line', async () => {
    const project = useProject();
    useRecordedAgent(project, 'claude', ['usage-limited-for-days']);
    useRecordedAgent(project, 'gemini', ['edits-a-file']);
    const { code, out } = await project.call('run', ...PROMPT, ...flags, '--model', 'opus');
    expect([code, project.outcomes()], out).toEqual([0, ['succeeded', 'succeeded']]);
    const agents = project.eventsNamed('worker_start').map(({ details }) => details['agent']);
    expect(agents).toEqual(['claude', 'gemini', 'gemini']);
    expect(readFileSync(project.path('claude-calls'), 'utf8')).toContain('--model opus');
    expect(readFileSync(project.path('gemini-calls'), 'utf8')).not.toContain('opus');
    expect(out).toContain('while it is limited gemini');
    expect(project.eventsNamed('wait_start').map(({ details }) => details['kind'])).not.toContain(
      'usage_limit',
    );
  });

  it('must be there before anything starts', async () => {
    const project = useProject();
    useRecordedAgent(project, 'claude', ['says-hello']);
    project.environment = { PATH: `${project.directory}:/usr/bin:/bin` };
    const { code, err } = await project.call('run', ...PROMPT, ...flags);
    expect(code, err).toBe(151);
    expect(err).toContain('"gemini"');
  });

  it('once uses them as well, since it waits for no limit', async () => {
    const project = useProject();
    useRecordedAgent(project, 'claude', ['usage-limited-for-days']);
    useRecordedAgent(project, 'gemini', ['edits-a-file']);
    const { code } = await project.call('once', ...PROMPT, ...flags);
    expect([code, project.outcomes()]).toEqual([0, ['succeeded']]);
  });
});

describe('--continue-session', () => {
  it('goes on with the session of an attempt that fell silent', async () => {
    const project = useProject();
    useProgram(
      project,
      'claude',
      `echo "$*" >> calls
if [ "$(wc -l < calls)" = 1 ]; then
  echo '{"type":"system","subtype":"init","model":"m","session_id":"11111111-2222-4333-8444-555555555555"}'
  exec sleep 60
fi
cat "${process.cwd()}/test/corpus/claude/says-hello.ndjson"`,
    );
    const flags = ['--agent', 'claude', '--idle-timeout', '1', '--grace', '0', '--max', '1'];
    const { code, out } = await project.call('run', ...PROMPT, ...flags, '--continue-session');
    expect([code, project.outcomes()], out).toEqual([0, ['succeeded']]);
    const [first = '', second = ''] = readFileSync(project.path('calls'), 'utf8').split('\n');
    expect(first).not.toContain('--resume');
    expect(second).toContain('--resume 11111111-2222-4333-8444-555555555555');
    expect(readFileSync(project.path('claude-prompt'), 'utf8')).toMatch(
      /Go on with the same task where you left off/,
    );
  });
});

describe('an open breaker', () => {
  const FAILS = 'echo "no module foo" >&2; exit 7';

  async function useOpenBreaker(...flags: string[]): Promise<CliProject> {
    const project = useProject(`[ ! -e mended ] || exit 0\n${FAILS}`);
    const cooldown = ['--breaker-cooldown', '1h', '--max-failures', '9', ...AT_ONCE];
    const { code, err } = await project.callLoop('start', ...cooldown, ...flags);
    expect(code, err).toBe(0);
    await project.recorded('breaker');
    return project;
  }

  it('is in status with what repeated and what to do', async () => {
    const project = await useOpenBreaker();
    const status = await project.status();
    expect(status).toMatchObject({
      state: 'waiting.backoff',
      wait: { kind: 'backoff', reason: 'the breaker is open' },
      breaker: { state: 'open', cause: 'same_error' },
    });
    const { out } = await project.steer('status');
    expect(out).toMatch(/breaker\s+open\. The same error came 3 times in a row/);
    expect(out).toContain('exit code 7: no module foo');
    expect(out.replaceAll(/\s+/g, ' ')).toContain('autoloop show 3');
  });

  it('is tried at once with skip-wait, and closes when that does well', async () => {
    const project = await useOpenBreaker('--max', '4');
    project.write('mended', '');
    expect(await project.steer('skip-wait')).toMatchObject({ code: 0 });
    await project.recorded('loop_end');
    const states = project.eventsNamed('breaker').map(({ details }) => details['state']);
    expect(states).toEqual(['open', 'half_open', 'closed']);
    expect(project.outcomes()).toEqual(['failed', 'failed', 'failed', 'succeeded']);
  });

  it('closes by itself when the prompt is changed', async () => {
    const project = await useOpenBreaker('--max', '4');
    project.write('mended', '');
    project.write('PROMPT.md', '# Another way\n');
    await project.recorded('loop_end');
    const states = project.eventsNamed('breaker').map(({ details }) => details['state']);
    expect(states).toEqual(['open', 'closed']);
    expect(project.eventsNamed('wait_end').at(-1)?.details['how']).toBe('changed');
    expect(project.promptOf(4)).toContain('# Another way');
  });

  it('stays open though the agent keeps notes beside its prompt', async () => {
    const project = useProject('date +%N >> tasks/noted/notes.txt; exit 7');
    mkdirSync(project.path('tasks', 'noted', 'prompts'), { recursive: true });
    writeFileSync(project.path('tasks', 'noted', 'prompts', 'noted.md'), '# Note\n');
    writeFileSync(project.path('tasks', 'noted', 'task.ts'), 'export default {};\n');
    const flags = ['--name', 'prompt', '--agent', 'command', '--agent-command', './agent.sh'];
    const breaker = ['--breaker-cooldown', '1h', '--max-failures', '0', ...AT_ONCE];
    await project.call('start', '--task', 'noted', ...flags, ...breaker);
    await project.recorded('breaker');
    // It looks as soon as it waits.
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(await project.status()).toMatchObject({ iteration: 3, breaker: { state: 'open' } });
  });

  it('keeps its cool-down over a kill, and closes for a start with other settings', async () => {
    const project = await useOpenBreaker('--max', '4');
    await killRunner(project);
    const same = ['--breaker-cooldown', '1h', '--max-failures', '9', ...AT_ONCE, '--max', '4'];
    expect(await project.callLoop('start', ...same)).toMatchObject({ code: 0 });
    await project.recorded('loop_resume');
    expect(await project.status()).toMatchObject({ breaker: { state: 'open' } });
    await killRunner(project);
    project.write('mended', '');
    const { code } = await project.callLoop('run', ...same, '--timeout', '77');
    expect(code).toBe(0);
    expect(project.eventsNamed('breaker').at(-1)?.details['state']).toBe('closed');
  });

  it('counts its probes towards --max-failures, at which the run ends with 158', async () => {
    const project = useProject(FAILS);
    const flags = ['--breaker-cooldown', '1', '--max-failures', '5', ...AT_ONCE];
    const { code, out } = await project.callLoop('run', ...flags);
    expect(code, out).toBe(158);
    expect(project.outcomes()).toHaveLength(5);
    expect(endReason(project)).toBe('max_failures');
  });
});

describe('a run whose work is done', () => {
  const REPORT = (status: string) =>
    `printf '%s\\n' '\`\`\`json' '{"target": "x", "status": "${status}", "changes": ["a"]}' '\`\`\`'`;

  it('ends with 0 when the agent reports it twice in a row', async () => {
    const project = useProject(
      `[ "$AUTOLOOP_ITERATION" = 2 ] && ${REPORT('success')} || ${REPORT('complete')}`,
    );
    const { code, out } = await project.callLoop('run', '--max', '9', ...AT_ONCE);
    expect(code, out).toBe(0);
    expect(project.outcomes()).toHaveLength(4);
    expect(endReason(project)).toBe('complete');
    expect((await project.steer('status')).out).toContain('reported 2 times in a row');
  });

  it('is not ended by prose that speaks of it', async () => {
    const project = useProject(
      'echo "All done. COMPLETE. <promise>COMPLETE</promise> status: complete"',
    );
    const { code } = await project.callLoop('run', '--max', '3', ...AT_ONCE);
    expect(code).toBe(0);
    expect(endReason(project)).toBe('max_iterations');
  });

  it('ends when its task says so, whatever the agent reports', async () => {
    const project = useProject(REPORT('complete'));
    mkdirSync(project.path('tasks', 'counts', 'prompts'), { recursive: true });
    writeFileSync(project.path('tasks', 'counts', 'prompts', 'counts.md'), '# Count\n');
    writeFileSync(
      project.path('tasks', 'counts', 'task.ts'),
      `export default { isComplete: ({ iteration, outcome, report }) => outcome === 'succeeded' && report.status === 'complete' && iteration === 3 };\n`,
    );
    const flags = ['--agent', 'command', '--agent-command', './agent.sh', ...AT_ONCE];
    const { code, out } = await project.call('run', '--task', 'counts', '--max', '9', ...flags);
    expect(code, out).toBe(0);
    expect(out).toContain('its work is done (3 iterations');
  });

  it('ends when its task finds nothing to work on and says so', async () => {
    const project = useProject('exit 1');
    mkdirSync(project.path('tasks', 'empty', 'prompts'), { recursive: true });
    writeFileSync(project.path('tasks', 'empty', 'prompts', 'empty.md'), '# Work\n');
    writeFileSync(
      project.path('tasks', 'empty', 'task.ts'),
      `export default { selectTarget: () => ({ target: null, candidates: [] }), isComplete: ({ report }) => report === null };\n`,
    );
    const flags = ['--name', 'prompt', '--agent', 'command', '--agent-command', './agent.sh'];
    const { code, out } = await project.call('run', '--task', 'empty', ...flags, ...AT_ONCE);
    expect([code, project.outcomes()], out).toEqual([0, ['no_change']]);
    expect(endReason(project)).toBe('complete');
  });
});

describe('a task that expects changes', () => {
  const flags = ['--name', 'prompt', '--agent', 'command', '--agent-command', './agent.sh'];

  function useExpectantTask(agent: string): CliProject {
    const project = useProject(agent);
    const folder = project.path('tasks', 'edits');
    mkdirSync(join(folder, 'prompts'), { recursive: true });
    writeFileSync(join(folder, 'prompts', 'edits.md'), '# Edit\n');
    writeFileSync(join(folder, 'task.ts'), 'export default { expectsChanges: true };\n');
    return project;
  }

  function play(project: CliProject, ...more: string[]) {
    return project.call('run', '--task', 'edits', ...flags, ...AT_ONCE, ...more);
  }

  it('calls an iteration no_change that changed nothing in its repository', async () => {
    const project = useExpectantTask('[ "$AUTOLOOP_ITERATION" != 2 ] || echo more >> notes.md');
    const git = (...args: string[]) => execFileSync('git', ['-C', project.directory, ...args]);
    git('init', '-q');
    project.write('.git/info/exclude', '*\n!notes.md\n');
    project.write('notes.md', 'some\n');
    git('add', 'notes.md');
    const { code, out } = await play(project, '--max', '3');
    expect(code, out).toBe(0);
    expect(project.outcomes()).toEqual(['no_change', 'succeeded', 'no_change']);
  });

  it('takes unknown for unknown where there is no repository', async () => {
    const project = useExpectantTask('true');
    project.environment = { GIT_CEILING_DIRECTORIES: dirname(project.directory) };
    const { code, out } = await play(project, '--max', '1');
    expect([code, project.outcomes()], out).toEqual([0, ['succeeded']]);
  });
});
