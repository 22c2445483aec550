import { describe, expect, it } from 'vitest';
import { NON_INTERACTIVE } from '../../src/config/non-interactive.ts';
import { ATTEMPT_FACTS } from '../../src/config/own-settings.ts';
import { camelCase, variablesOf } from '../../src/config/resolve-settings.ts';
import { SETTINGS, settingNames } from '../../src/config/setting-definitions.ts';
import { UNBUILT_SETTINGS } from '../../src/config/unbuilt-settings.ts';
import {
  splitTaskEnv,
  workerEnvironment,
  type WorkerEnvironmentRequest,
} from '../../src/config/worker-environment.ts';

describe('a setting that prepareWorkerEnv returned', () => {
  it.each(
    [...settingNames.map((name) => SETTINGS[name]), ...UNBUILT_SETTINGS].flatMap(({ flag, env }) =>
      variablesOf(env).map((variable) => ({ variable, key: camelCase(flag) })),
    ),
  )('$variable is $key of the attempt, and is not passed on', ({ variable, key }) => {
    const taken = splitTaskEnv({ [variable]: '7' });
    expect(taken).toEqual({ settings: { [key]: '7' }, env: {} });
  });

  it.each(['AUTOLOOP_TIMEOUT first', 'AUTOLOOP_TIMEOUT last'])('%s wins over TIMEOUT', (order) => {
    const entries = [
      ['AUTOLOOP_TIMEOUT', '5'],
      ['TIMEOUT', '6'],
    ];
    const returned = order.endsWith('first') ? entries : entries.toReversed();
    expect(splitTaskEnv(Object.fromEntries(returned)).settings).toEqual({ timeout: '5' });
  });

  it.each([
    [{ SKIP_PERMISSIONS: 'yes' }, { permissionMode: 'bypassPermissions' }],
    [{ AUTOLOOP_SKIP_PERMISSIONS: 'yes' }, { permissionMode: 'bypassPermissions' }],
    [{ AUTOLOOP_SKIP_PERMISSIONS: 'no', SKIP_PERMISSIONS: 'yes' }, {}],
    [{ SKIP_PERMISSIONS: 'no' }, {}],
    [{ SKIP_PERMISSIONS: 'yes', PERMISSION_MODE: 'plan' }, { permissionMode: 'plan' }],
  ])('%j is %j', (returned: Record<string, string>, settings) => {
    expect(splitTaskEnv(returned)).toEqual({ settings, env: {} });
  });
});

describe('a worker', () => {
  it.each(ATTEMPT_FACTS)('is told the true %s, whoever says otherwise', (name) => {
    const forged = { [name]: 'forged' };
    const { env } = seen({
      ...{ environment: forged, agentEnv: forged, taskEnv: forged, passEnv: [name] },
    });
    expect(env[name]).toBe(FACTS[name]);
  });

  it('is told nothing of autoloop but the facts', () => {
    const environment = { AUTOLOOP_CONFIG_DIR: '/c', AUTOLOOP_NODE_OPTIONS: '', LOOP_TASK: 'x' };
    expect(Object.keys(seen({ environment }).env).toSorted()).toEqual(
      [...ATTEMPT_FACTS, ...Object.keys(NON_INTERACTIVE)].toSorted(),
    );
  });

  it('gets NODE_OPTIONS of the user, unless an adapter or the task sets others', () => {
    const environment = { AUTOLOOP_NODE_OPTIONS: '--user', NODE_OPTIONS: '--ours' };
    const ofAgent = { NODE_OPTIONS: '--agent' };
    const ofTask = { NODE_OPTIONS: '--task' };
    expect(seen({ environment }).env['NODE_OPTIONS']).toBe('--user');
    expect(seen({ environment, agentEnv: ofAgent }).env['NODE_OPTIONS']).toBe('--agent');
    const { env } = seen({ environment, agentEnv: ofAgent, taskEnv: ofTask });
    expect(env['NODE_OPTIONS']).toBe('--task');
  });

  it('gets what --pass-env names exactly, empty values and terminals too', () => {
    const environment = { A_TOKEN: '', TERM: 'xterm', B_TOKEN: 'b', C_TOKEN: undefined };
    const { env, withheld } = seen({ environment, passEnv: ['A_TOKEN', 'TERM', 'b_token'] });
    expect(env).toMatchObject({ A_TOKEN: '', TERM: 'xterm' });
    expect(env).not.toHaveProperty('C_TOKEN');
    expect(withheld).toEqual(['B_TOKEN']);
  });

  it("does not get another agent's login, and no value of it is told", () => {
    const environment = { ANTHROPIC_TOKEN: 'a-value', OTHER_TOKEN: 'another-value' };
    const told = seen({ environment, login: ['ANTHROPIC_TOKEN'] });
    expect(told.env['ANTHROPIC_TOKEN']).toBe('a-value');
    expect(told.withheld).toEqual(['OTHER_TOKEN']);
    expect(JSON.stringify(told)).not.toContain('another-value');
  });

  it('leaves the environment of the runner as it is', () => {
    const environment = Object.freeze({ PATH: '/bin', A_TOKEN: 'a' });
    seen({ environment, taskEnv: { PATH: '/task' } });
    expect(environment).toEqual({ PATH: '/bin', A_TOKEN: 'a' });
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

function seen(request: Partial<WorkerEnvironmentRequest>) {
  return workerEnvironment({
    ...{ environment: {}, login: [], passEnv: [], agentEnv: {}, taskEnv: {}, facts: FACTS },
    looksSecret: (name) => name.endsWith('_TOKEN'),
    ...request,
  });
}
