import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { NON_INTERACTIVE } from '../../src/config/non-interactive.ts';
import { SETTINGS, settingNames } from '../../src/config/setting-definitions.ts';
import { UNBUILT_SETTINGS } from '../../src/config/unbuilt-settings.ts';
import {
  splitTaskEnv,
  workerEnvironment,
  type WorkerEnvironment,
  type WorkerEnvironmentRequest,
} from '../../src/config/worker-environment.ts';
import { hasUrlUserinfo, isSecretLikeName } from '../../src/redaction/known-secrets.ts';

describe('of the environment of the runner a worker sees', () => {
  it('what is neither a secret nor ours', () => {
    const { env, withheld } = seen({
      environment: { PATH: '/bin', HOME: '/h', LANG: 'C', EMPTY: '' },
    });
    expect(env).toMatchObject({ PATH: '/bin', HOME: '/h', LANG: 'C', EMPTY: '' });
    expect(withheld).toEqual([]);
  });

  it.each([
    ['KEYBOARD', 'x'],
    ['MONKEY', 'x'],
    ['TOKENIZERS_PARALLELISM', 'x'],
    ['SSH_AUTH_SOCK', '/run/agent.sock'],
    ['PROXY', 'http://proxy:3128'],
    ['ORIGIN', 'ssh://git@host/x.git'],
    ['CREDENTIALS_FILE', '/h/c'],
    ['CI', 'true'],
  ])('%s, which is no secret', (name, value) => {
    const { env, withheld } = seen({ environment: { [name]: value } });
    expect(env[name]).toBe(value);
    expect(withheld).toEqual([]);
  });

  it.each([
    ['OPENAI_API_KEY', 'sk-1'],
    ['GITHUB_TOKEN', 'ghp_1'],
    ['DB_PASSWORD', 'x'],
    ['MY_SECRET', 'x'],
    ['A_KEY', ''],
    ['AWS_SECRET_ACCESS_KEY', 'x'],
    ['CLIENT_SECRET_FILE', 'x'],
    ['SECRET_SAUCE', 'x'],
    ['PGPASSWORD', 'x'],
    ['MY_PASSWORDS', 'x'],
    ['GOOGLE_APPLICATION_CREDENTIALS', '/h/key.json'],
    ['npm_config_token', 'x'],
    ['DATABASE_URL', 'postgres://ada:pw@db/x'],
    ['REDIS_URL', 'redis://:pw@cache'],
    ['REMOTE', 'https://ghp_1@host/x.git'],
    ['HTTPS_PROXY', 'http://ada:pw@proxy:3128'],
    ['SEVERAL', 'http://a.example http://ada:pw@b.example'],
  ])('not %s, which is named as withheld', (name, value) => {
    const { env, withheld } = seen({ environment: { [name]: value } });
    expect(env).not.toHaveProperty(name);
    expect(withheld).toEqual([name]);
  });

  it("the agent's own login, and what --pass-env names", () => {
    const environment = { ANTHROPIC_API_KEY: 'k', GITHUB_TOKEN: 't', NPM_TOKEN: 'n' };
    const { env, withheld } = seen({
      ...{ environment, login: ['ANTHROPIC_API_KEY'], passEnv: ['GITHUB_TOKEN', 'NOT_THERE'] },
    });
    expect(env).toMatchObject({ ANTHROPIC_API_KEY: 'k', GITHUB_TOKEN: 't' });
    expect(env).not.toHaveProperty('NOT_THERE');
    expect(withheld).toEqual(['NPM_TOKEN']);
  });

  it.each([
    ...[...settingNames.map((name) => SETTINGS[name]), ...UNBUILT_SETTINGS].map(({ env }) => env),
    ...['AUTOLOOP_CALLED_AS', 'AUTOLOOP_ROOT', 'AUTOLOOP_ANYTHING', 'LOOP_TASK', 'LOOP_X'],
    ...['PROMPT_PATH', 'SKIP_PERMISSIONS', 'NODE_COMPILE_CACHE', 'NODE_OPTIONS'],
  ])('not %s, which is ours', (name) => {
    const { env, withheld } = seen({ environment: { [name]: '1' } });
    expect(env).not.toHaveProperty(name);
    expect(withheld).toEqual([]);
  });

  it('the NODE_OPTIONS that the launcher kept from us', () => {
    const { env } = seen({ environment: { AUTOLOOP_NODE_OPTIONS: '--max-old-space-size=99' } });
    expect(env['NODE_OPTIONS']).toBe('--max-old-space-size=99');
    expect(env).not.toHaveProperty('AUTOLOOP_NODE_OPTIONS');
  });

  it('that nobody is there to answer, whatever the runner was told', () => {
    const environment = { TERM: 'xterm', NO_COLOR: '', EDITOR: 'vim', GIT_ASKPASS: '/ide/ask' };
    expect(seen({ environment }).env).toMatchObject(NON_INTERACTIVE);
  });

  it('a terminal and an editor after all where --pass-env or the task says so', () => {
    const { env } = seen({
      ...{ environment: { GIT_ASKPASS: '/ci/ask', PAGER: 'less' }, passEnv: ['GIT_ASKPASS'] },
      taskEnv: { TERM: 'xterm-256color', EDITOR: '/task/editor' },
    });
    expect(env).toMatchObject({ GIT_ASKPASS: '/ci/ask', PAGER: 'cat' });
    expect(env).toMatchObject({ TERM: 'xterm-256color', EDITOR: '/task/editor' });
  });

  it('the facts of its attempt, and no setting by that name', () => {
    const { env } = seen({ environment: { AUTOLOOP_TARGET: 'outer', AUTOLOOP_TIMEOUT: '5' } });
    const ours = Object.entries(env).filter(([name]) => name.startsWith('AUTOLOOP_'));
    expect(Object.fromEntries(ours)).toEqual(FACTS);
  });
});

describe('docs/environment.md', () => {
  it('says of each variable that is set what it is', () => {
    const rows = [...readFileSync('docs/environment.md', 'utf8').matchAll(/^\| (`.*?`) \|/gm)];
    const told = rows.flatMap(([, names = '']) => names.split(', ')).map(unquoted);
    expect(told).toEqual(
      Object.entries(NON_INTERACTIVE).map(([name, value]) => `${name}=${value}`),
    );
  });

  function unquoted(code: string): string {
    return code.replaceAll('`', '');
  }
});

describe('what several set', () => {
  it('is: the runner < the adapter < --pass-env < the task < the facts of the attempt', () => {
    const environment = { A: 'runner', B: 'runner', C: 'runner', D: 'runner' };
    const agentEnv = { B: 'adapter', C: 'adapter', D: 'adapter' };
    const { env } = seen({
      ...{ environment, agentEnv, passEnv: ['C', 'D'] },
      taskEnv: { D: 'task', AUTOLOOP_ITERATION: 'forged' },
    });
    expect(env).toMatchObject({ A: 'runner', B: 'adapter', C: 'runner', D: 'task' });
    expect(env['AUTOLOOP_ITERATION']).toBe('3');
  });
});

describe('what prepareWorkerEnv returned', () => {
  it('is a setting of the attempt where it bears the name of one, and else the environment', () => {
    const taken = splitTaskEnv({
      ...{ MAX_TURNS: '5', AUTOLOOP_AGENT_MODEL: 'opus', AUTOLOOP_TIMEOUT: '90' },
      ...{ MY_FLAG: '1', TIMEOUT_MS: '7' },
    });
    expect(taken.settings).toEqual({ maxTurns: '5', model: 'opus', timeout: '90' });
    expect(taken.env).toEqual({ MY_FLAG: '1', TIMEOUT_MS: '7' });
  });
});

const FACTS = {
  AUTOLOOP_TASK: 'tidy',
  AUTOLOOP_RUN_ID: 'r',
  AUTOLOOP_ITERATION: '3',
  AUTOLOOP_ATTEMPT: '1',
  AUTOLOOP_ATTEMPT_ID: 'r-3-1',
  AUTOLOOP_TARGET: '',
  AUTOLOOP_WORKSPACE: '/w',
  AUTOLOOP_EVENTS: '/d/events.ndjson',
};

function seen(request: Partial<WorkerEnvironmentRequest>): WorkerEnvironment {
  return workerEnvironment({
    ...{ environment: {}, login: [], passEnv: [], agentEnv: {}, taskEnv: {}, facts: FACTS },
    looksSecret: (name, value) => isSecretLikeName(name) || hasUrlUserinfo(value),
    ...request,
  });
}
