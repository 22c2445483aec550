import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasHook, HOOK_NAMES } from '../../../src/task/task.ts';
import { loadIn, useBashTask } from './use-bash-task.ts';

const SAMPLE = join(import.meta.dirname, 'sample');

describe('a task folder of the original', () => {
  it('is a task as it is', async () => {
    const { task } = await loadIn(SAMPLE, 'garden-improvement');
    expect(HOOK_NAMES.filter((name) => hasHook(task, name))).toEqual([
      'checkWorkerAvailable',
      'promptCandidates',
      'buildHelperContext',
      'buildPrompt',
      'prepareWorkerEnv',
    ]);
  });

  it('names its prompts, without the empty line of a PROMPT_PATH that is not set', async () => {
    const { call, task } = await loadIn(SAMPLE, 'garden-improvement');
    expect(await call('promptCandidates')).toEqual({
      ok: true,
      value: [
        `${task.directory}/prompts/garden-improvement-loop.md`,
        `${task.directory}/of-nobody.md`,
      ],
    });
  });

  it('builds its helper context from what it exported before, past a command that fails', async () => {
    const { call, task, logged } = await loadIn(SAMPLE, 'garden-improvement');
    const { value } = { value: null, ...(await call('buildHelperContext', { iteration: 7 })) };
    expect(value).toBe(
      `Iteration: 7\nEvents: ${SAMPLE}/data/garden-improvement/events.ndjson. Season: spring.\nCheat sheet: ${task.directory}/prompts/cheatsheet.md`,
    );
    expect(logged).toEqual([
      'task_prepare_worker_env says: Season: spring\nWARNING: the gate is open',
    ]);
  });

  it('composes its prompt itself', async () => {
    const { call } = await loadIn(SAMPLE, 'garden-improvement');
    const parts = {
      basePrompt: '# Weed\n',
      summary: 'Sown.\n',
      helperContext: 'Bed 3.',
      prefix: '',
    };
    expect(await call('buildPrompt', parts)).toEqual({
      ok: true,
      value: 'What happened before:\n\nSown.\n\nBed 3.\n\n# Weed',
    });
  });

  it('hands the notes of the operator over with the helper context', async () => {
    const { call } = await loadIn(SAMPLE, 'garden-improvement');
    const parts = { basePrompt: '# Weed', helperContext: 'Bed 3.', notes: ['mind the frog'] };
    expect(await call('buildPrompt', parts)).toMatchObject({
      value: 'Notes from the operator:\n\n- mind the frog\n\nBed 3.\n\n# Weed',
    });
  });

  it('sets variables and settings for the worker, where the operator has not', async () => {
    const { call } = await loadIn(SAMPLE, 'garden-improvement', {
      environment: { MAX_TURNS: '5', OTHER: 'x' },
    });
    const events = `${SAMPLE}/data/garden-improvement/events.ndjson`;
    expect(await call('prepareWorkerEnv')).toEqual({
      ok: true,
      value: {
        EVENTS_JSONL: events,
        MAX_CONCURRENT_WORKERS: '1',
        LOOP_TCP_FILTER: '',
        ALLOWED_TOOLS: 'Bash,Read',
        GARDEN_SEASON: 'spring',
        GARDEN_EVENTS_JSONL: events,
        GARDEN_LIST_CMD: 'cat garden.json',
      },
    });
  });

  it('keeps a worker from starting', async () => {
    const { call, logged } = await loadIn(SAMPLE, 'garden-improvement', {
      environment: { GARDEN_SEASON_WANTED: 'mud' },
    });
    const message = /task_prepare_worker_env ended with code 1/;
    expect(await call('prepareWorkerEnv')).toMatchObject({
      ok: false,
      message: expect.stringMatching(message),
    });
    expect(await call('promptCandidates')).toMatchObject({
      ok: false,
      message: expect.stringMatching(message),
    });
    expect(logged).toEqual(['task_prepare_worker_env says: ERROR: no such season: mud']);
  });

  it('says that a worker can be started', async () => {
    const { call } = await loadIn(SAMPLE, 'garden-improvement');
    expect(await call('checkWorkerAvailable')).toEqual({
      ok: true,
      value: { available: true, reason: null },
    });
  });
});

describe('a hook of a bash task', () => {
  it('sees the variables of the original, also empty ones, under set -u', async () => {
    const names = [
      ...['LOOP_TASK', 'DATA_DIR', 'EVENTS_JSONL', 'SUMMARY_JSON', 'SUMMARY_TXT', 'LOG_FILE'],
      ...['ITERATIONS_DIR', 'PROMPT_PATH', 'ULTRA_THINK_PREFIX', 'ITERATION_NUMBER'],
    ];
    const script = `set -eu\nfor name in ${names.join(' ')}; do : "\${!name}"; done
      task_build_helper_context() { printf '%s\\n' ${names.map((name) => `"$${name}"`).join(' ')}; bash -c 'echo "$DATA_DIR"'; }`;
    const { call, root } = await useBashTask(script);
    const data = `${root}/data/mine`;
    const { value } = { value: '', ...(await call('buildHelperContext', { iteration: 12 })) };
    expect(value.split('\n')).toEqual([
      ...['mine', data, `${data}/events.ndjson`, `${data}/summary.json`, `${data}/summary.txt`],
      ...[`${data}/loop.log`, `${data}/iterations`, '', '', '12', data],
    ]);
  });

  it('sees the prompt file and the prefix that were asked for', async () => {
    const script = 'task_build_helper_context() { echo "$PROMPT_PATH|$ULTRA_THINK_PREFIX"; }';
    const { call } = await useBashTask(script, { promptFile: '/p.md' });
    expect(await call('buildHelperContext')).toMatchObject({ value: '/p.md|' });
  });

  it('works in the workspace, and gets no terminal to ask on', async () => {
    const script =
      'task_build_helper_context() { pwd; read -r x || echo none; (: < /dev/tty) 2>&- || echo no tty; }';
    const { call, root } = await useBashTask(script);
    expect(await call('buildHelperContext')).toMatchObject({ value: `${root}\nnone\nno tty` });
  });

  it('gets texts of any size and form, and returns them', async () => {
    const script = `task_build_prompt() { printf '%s' "$1" "[$2]" "[$3]" $# "$1"; }`;
    const { call } = await useBashTask(script);
    const basePrompt = `$(touch x) \`y\` "'\\ ü€\n${'0123456789abcdef'.repeat(65_536)}\n\n`;
    const { value } = {
      value: '',
      ...(await call('buildPrompt', { basePrompt, helperContext: 'h' })),
    };
    const kept = basePrompt.trimEnd();
    expect(value === `${kept}[][h]3${kept}`).toBe(true);
  });

  it('may print to stderr: it is logged, and no part of its value', async () => {
    const script = `echo loading; echo aside >&2; trap 'echo bye' EXIT
      task_build_helper_context() { echo first; echo warned >&2; echo second; }`;
    const { call, logged } = await useBashTask(script);
    expect(await call('buildHelperContext')).toMatchObject({ ok: true, value: 'first\nsecond' });
    expect(logged.join('\n')).toMatch(/says: loading\naside\nwarned\nbye/);
  });

  it('names candidates although its last command fails', async () => {
    const script = `task_prompt_candidates() { echo a.md; [[ -f /nowhere ]] && echo b.md; }`;
    const { call, root } = await useBashTask(script);
    expect(await call('promptCandidates')).toMatchObject({
      value: [`${root}/a.md`, `${root}/tasks/mine/a.md`],
    });
  });

  it('tells why no worker can be started, redacted', async () => {
    const script = `task_check_worker_available() { echo no; echo hunter2 >&2; return 3; }`;
    const { call, task } = await useBashTask(script);
    expect(await call('checkWorkerAvailable')).toMatchObject({
      value: {
        available: false,
        reason: `task_check_worker_available ended with code 3 (${task.file}): no\n[REDACTED]`,
      },
    });
  });

  it('is asked for an availability before anything is prepared', async () => {
    const script = `task_prepare_worker_env() { touch prepared; }
      task_check_worker_available() { [[ ! -e prepared ]]; }`;
    const { call } = await useBashTask(script);
    expect(await call('checkWorkerAvailable', { runId: null })).toMatchObject({
      value: { available: true },
    });
  });

  it('is told of a dry run', async () => {
    const script = 'task_build_helper_context() { echo "dry: $AUTOLOOP_DRY_RUN"; }';
    const { call } = await useBashTask(script);
    expect(await call('buildHelperContext', { dryRun: true })).toMatchObject({ value: 'dry: yes' });
    expect(await call('buildHelperContext')).toMatchObject({ value: 'dry: ' });
  });
});

describe('what a bash task exports', () => {
  const env = async (script: string, environment = {}) => {
    const used = await useBashTask(script, { environment });
    const result = await used.call('prepareWorkerEnv');
    const { EVENTS_JSONL: _, ...value } = result.ok ? result.value : {};
    return { ...used, result, value };
  };

  it('survives with line ends, quotes and what looks like a declaration', async () => {
    const { value } = await env(
      `task_prepare_worker_env() { export A=$'x\\ny\\n' B='"$(c)"' C= D=$'\\ndeclare -ax E=('; export E=e; }`,
    );
    expect(value).toEqual({ A: 'x\ny\n', B: '"$(c)"', C: '', D: '\ndeclare -ax E=(', E: 'e' });
  });

  it('is told where it is an array, and the rest survives', async () => {
    const { value, logged } = await env(
      `task_prepare_worker_env() { export -a LIST=(a b); declare -gAx MAP=([k]=v); export LAST=z; }`,
    );
    expect(value).toEqual({ LAST: 'z' });
    expect(logged).toEqual([
      'LIST is an array: bash exports none, so the worker does not get it',
      'MAP is an array: bash exports none, so the worker does not get it',
    ]);
  });

  it('is what the file exports on its top level, too, where there is no such hook', async () => {
    expect((await env('export TOP=1\nplain=2\n')).value).toEqual({ TOP: '1' });
  });

  it('holds nothing that was there before, and nothing of the shell', async () => {
    const { value } = await env(
      'task_prepare_worker_env() { cd /; export MINE="$MINE" NEW=n; IFS=,; set -f; }',
      { MINE: 'm', PWD: '/somewhere' },
    );
    expect(value).toEqual({ NEW: 'n' });
  });

  it('holds a variable of the original only if the task exports it', async () => {
    const { value } = await env('task_prepare_worker_env() { export ITERATION_NUMBER; }');
    expect(value).toEqual({ ITERATION_NUMBER: '1' });
  });

  it('is not known, and nothing starts, where the hook ends its shell', async () => {
    expect((await env('task_prepare_worker_env() { export A=1; exit 0; }')).result).toMatchObject({
      ok: false,
      message: expect.stringMatching(/ended its shell: what it exported is not known/),
    });
  });

  it('is handed to no bash where it is longer than a system takes, and no hook hangs of it', async () => {
    const { call, logged } = await useBashTask(`
      task_prepare_worker_env() { LONG=$(head -c 300000 /dev/zero | tr '\\0' x); export LONG; }
      task_build_helper_context() { echo short; }`);
    expect(await call('buildHelperContext')).toMatchObject({
      ok: false,
      message: expect.stringMatching(/task_build_helper_context could not be started: .*E2BIG/),
    });
    expect(logged).toEqual([expect.stringMatching(/E2BIG/)]);
  });

  it('is prepared once in an attempt, and anew in the next one', async () => {
    const { call, root } = await useBashTask(`
      task_prepare_worker_env() { echo x >> counted; export N=$(wc -l < counted); }
      task_build_helper_context() { echo $((N)); }`);
    await call('buildHelperContext', { workspace: root });
    expect(await call('prepareWorkerEnv')).toMatchObject({
      value: { N: expect.stringMatching(/1$/) },
    });
    expect(await call('buildHelperContext', { attempt: 2 })).toMatchObject({ value: '2' });
  });
});
