import { totalmem } from 'node:os';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveSettings, variablesOf } from '../../src/config/resolve-settings.ts';
import { SETTINGS, settingNames } from '../../src/config/setting-definitions.ts';
import { UNBUILT_SETTINGS } from '../../src/config/unbuilt-settings.ts';
import { AutoloopError } from '../../src/domain/error.ts';
import type { ResolvedSetting, SettingName, SettingSource } from '../../src/domain/settings.ts';

interface Row {
  /** Five texts of values that differ, one for each source. */
  readonly texts: readonly [string, string, string, string, string];
  readonly values: readonly unknown[];
  /** null: every text is a value. */
  readonly wrong: string | null;
  readonly allowed?: RegExp;
}

const NUMBERS = { texts: ['1', '2', '3', '4', '5'], values: [1, 2, 3, 4, 5] } as const;
const SECONDS = {
  texts: ['1', '2s', '3m', '4h', '5d'],
  values: [1, 2, 180, 14_400, 432_000],
} as const;
const WORDS = { texts: ['a', 'b', 'c', 'd', 'e'], values: ['a', 'b', 'c', 'd', 'e'] } as const;
const LISTS = {
  texts: ['A', 'A,B', ' A , B ', 'A(x, y),B', 'C'],
  values: [['A'], ['A', 'B'], ['A', 'B'], ['A(x, y)', 'B'], ['C']],
} as const;

/** Every setting there is: what it takes, what it does not. */
const ROWS: { readonly [Name in SettingName]: Row } = {
  interval: { ...SECONDS, wrong: 'soon', allowed: /seconds from 0 on/ },
  max: { ...NUMBERS, wrong: '-1', allowed: /a whole number from 0/ },
  timeout: { ...SECONDS, wrong: '0', allowed: /seconds from 1 on/ },
  idleTimeout: { ...SECONDS, wrong: '5 minutes', allowed: /seconds from 0 on/ },
  grace: { ...SECONDS, wrong: '1e3', allowed: /seconds from 0 on/ },
  maxTurns: { ...NUMBERS, wrong: '0', allowed: /a whole number from 1/ },
  model: { ...WORDS, wrong: '--evil', allowed: /one word/ },
  agent: {
    texts: ['claude', 'command', 'claude', 'command', 'claude'],
    values: ['claude', 'command', 'claude', 'command', 'claude'],
    wrong: 'Codex',
    allowed: /one of claude, codex, gemini, opencode, pi, command/,
  },
  agentCommand: {
    texts: ['a', 'a b', `a 'b c'`, 'a "b c" d', String.raw`a\ b`],
    values: [['a'], ['a', 'b'], ['a', 'b c'], ['a', 'b c', 'd'], ['a b']],
    wrong: `a 'b`,
    allowed: /quotes that are closed/,
  },
  allowedTools: { ...LISTS, wrong: null },
  permissionMode: {
    texts: ['default', 'plan', 'acceptEdits', 'dontAsk', 'bypassPermissions'],
    values: ['default', 'plan', 'acceptEdits', 'dontAsk', 'bypassPermissions'],
    wrong: 'sudo',
    allowed: /one of default, plan/,
  },
  mode: {
    texts: ['plan', 'apply-safe', 'apply', 'plan', 'apply'],
    values: ['plan', 'apply-safe', 'apply', 'plan', 'apply'],
    wrong: 'safe',
    allowed: /one of plan, apply-safe, apply/,
  },
  taskSettings: { ...WORDS, wrong: ' ', allowed: /depth=3,path=src/ },
  maxFailures: { ...NUMBERS, wrong: '1.5', allowed: /a whole number from 0/ },
  maxRetries: { ...NUMBERS, wrong: '1001', allowed: /a whole number from 0 to 1000/ },
  maxCost: { ...NUMBERS, wrong: '$5', allowed: /a number from 0/ },
  maxTokens: { ...NUMBERS, wrong: '5M', allowed: /a whole number from 0/ },
  maxRuntime: { ...SECONDS, wrong: 'all night', allowed: /seconds from 0 on/ },
  maxLimitWait: { ...SECONDS, wrong: '-1', allowed: /seconds from 0 on/ },
  fallbackAgents: {
    texts: ['claude', 'command', 'command,claude', ' claude , command ', 'claude'],
    values: [['claude'], ['command'], ['command', 'claude'], ['claude', 'command'], ['claude']],
    wrong: 'claude,claude',
    allowed: /a list, none twice, of claude/,
  },
  continueSession: {
    texts: ['yes', 'no', 'true', 'off', '1'],
    values: [true, false, true, false, true],
    wrong: 'maybe',
    allowed: /yes or no/,
  },
  priceTable: { ...WORDS, wrong: null },
  maxInterval: { ...SECONDS, wrong: 'long', allowed: /seconds from 0 on/ },
  completeAfter: { ...NUMBERS, wrong: '0', allowed: /a whole number from 1/ },
  breakerFailures: { ...NUMBERS, wrong: 'x', allowed: /a whole number from 0/ },
  breakerSameError: { ...NUMBERS, wrong: 'x', allowed: /a whole number from 0/ },
  breakerSameTarget: { ...NUMBERS, wrong: 'x', allowed: /a whole number from 0/ },
  breakerNoChange: { ...NUMBERS, wrong: 'x', allowed: /a whole number from 0/ },
  breakerCooldown: { ...SECONDS, wrong: '0', allowed: /seconds from 1 on/ },
  memory: { ...NUMBERS, wrong: '4G', allowed: /a whole number from 0/ },
  maxProcs: { ...NUMBERS, wrong: 'many', allowed: /a whole number from 0/ },
  maxOpenFiles: { ...NUMBERS, wrong: '-1', allowed: /a whole number from 0/ },
  maxCpu: { ...SECONDS, wrong: 'long', allowed: /seconds from 0 on/ },
  nice: { ...NUMBERS, wrong: '20', allowed: /a whole number from 0 to 19/ },
  checkpoint: {
    texts: ['off', 'commit', 'branch', 'off', 'commit'],
    values: ['off', 'commit', 'branch', 'off', 'commit'],
    wrong: 'stash',
    allowed: /one of off, commit, branch/,
  },
  dirtyStart: {
    texts: ['refuse', 'carry', 'refuse', 'carry', 'refuse'],
    values: ['refuse', 'carry', 'refuse', 'carry', 'refuse'],
    wrong: 'stash',
    allowed: /one of refuse, carry/,
  },
  supervision: {
    texts: ['auto', 'strict', 'base', 'auto', 'strict'],
    values: ['auto', 'strict', 'base', 'auto', 'strict'],
    wrong: 'none',
    allowed: /one of auto, strict, base/,
  },
  maxTcp: { ...NUMBERS, wrong: '-1', allowed: /a whole number from 0/ },
  tcpFilter: { ...WORDS, wrong: '(', allowed: /a regular expression/ },
  minFreeMemory: { ...NUMBERS, wrong: '1G', allowed: /a whole number from 0/ },
  maxLoad: { ...NUMBERS, wrong: 'high', allowed: /a number from 0/ },
  rotateDays: { ...NUMBERS, wrong: '1w', allowed: /a whole number from 0/ },
  rotateKeep: { ...NUMBERS, wrong: '0', allowed: /a whole number from 1/ },
  logMaxMb: { ...NUMBERS, wrong: '5 MB', allowed: /a whole number from 0/ },
  eventsMaxMb: { ...NUMBERS, wrong: 'all', allowed: /a whole number from 0/ },
  iterationLogMaxMb: { ...NUMBERS, wrong: 'all', allowed: /a whole number from 0/ },
  keepIterations: { ...NUMBERS, wrong: '-5', allowed: /a whole number from 0/ },
  maxDataMb: { ...NUMBERS, wrong: '2 GB', allowed: /a whole number from 0/ },
  keepDays: { ...NUMBERS, wrong: '1d', allowed: /a whole number from 0/ },
  notify: {
    texts: ['desktop', 'command:a', 'desktop,command:a', ' command:b , desktop ', 'command:"a,b"'],
    values: [
      ['desktop'],
      ['command:a'],
      ['desktop', 'command:a'],
      ['command:b', 'desktop'],
      ['command:a,b'],
    ],
    wrong: 'desktop,desktop',
    allowed: /a list, none twice, of desktop, ntfy/,
  },
  notifyOn: {
    texts: ['end', 'cap', 'end,limit', ' breaker , anomaly ', 'limit'],
    values: [['end'], ['cap'], ['end', 'limit'], ['breaker', 'anomaly'], ['limit']],
    wrong: 'end,end',
    allowed: /a list, none twice, of end, breaker, limit, cap, anomaly/,
  },
  passEnv: { ...LISTS, wrong: null },
  minFreeMb: { ...NUMBERS, wrong: '200M', allowed: /a whole number from 0/ },
  metricsFile: { ...WORDS, wrong: ' ', allowed: /the path of a file/ },
  metricsPort: { ...NUMBERS, wrong: '65536', allowed: /a whole number from 0 to 65535/ },
  otel: {
    texts: ['yes', 'no', 'true', 'off', '1'],
    values: [true, false, true, false, true],
    wrong: 'maybe',
    allowed: /yes or no/,
  },
  prefix: { ...WORDS, wrong: null },
  summaryModel: { ...WORDS, wrong: '--evil', allowed: /one word/ },
  summaryBy: {
    texts: ['agent', 'derived', 'agent', 'derived', 'agent'],
    values: ['agent', 'derived', 'agent', 'derived', 'agent'],
    wrong: 'me',
    allowed: /derived, agent/,
  },
};

/** The strongest first. */
const SOURCES = ['flag', 'AUTOLOOP_', 'environment', 'task', 'user'] as const;
type Source = (typeof SOURCES)[number];

describe.each(settingNames)('%s', (name) => {
  const { texts, values } = ROWS[name];

  it.each(SOURCES.map((source, index) => ({ source, index })))(
    'is taken from: $source',
    ({ source, index }) => {
      const resolved = resolve(name, { [source]: texts[index] });
      expect(resolved).toEqual({ name, value: values[index], ...origin(name, source) });
    },
  );

  it('has its default where nobody says anything', () => {
    const resolved = resolve(name, {});
    const computed: Partial<Record<SettingName, number>> = {
      idleTimeout: AGENTS_IDLE_TIMEOUT,
      memory: Math.max(4096, Math.floor(totalmem() / 2 ** 21)),
      breakerCooldown: 600,
    };
    const value = computed[name] ?? SETTINGS[name].fallback;
    expect(resolved).toEqual({ name, value, source: 'system', from: 'default' });
  });
});

describe.each(settingNames.filter((name) => ROWS[name].wrong !== null))('%s, wrong,', (name) => {
  const { texts, wrong, allowed } = ROWS[name];

  it.each(SOURCES)('is refused from: %s', (source) => {
    const error = refusal(name, { [source]: wrong ?? '' });
    expect(error.code).toBe(150);
    expect(error.message).toContain(origin(name, source).from);
    expect(error.message).toContain(`"${wrong}"`);
    expect(error.message).toContain(SETTINGS[name].flag);
    expect(error.fix).toMatch(allowed ?? /./);
  });

  it('is refused from the strongest source although a weaker one is right', () => {
    expect(refusal(name, { flag: wrong ?? '', task: texts[3], user: texts[4] }).code).toBe(150);
  });
});

it('takes the strongest source, whichever of them speak, and says which one it was', () => {
  const spoken = fc.record({
    name: fc.constantFrom(...settingNames),
    sources: fc.subarray([...SOURCES]),
  });
  fc.assert(
    fc.property(spoken, ({ name, sources }) => {
      const { texts, values } = ROWS[name];
      const said = Object.fromEntries(
        sources.map((source) => [source, texts[SOURCES.indexOf(source)]]),
      );
      const [strongest] = sources;
      if (strongest !== undefined) {
        const value = values[SOURCES.indexOf(strongest)];
        expect(resolve(name, said)).toEqual({ name, value, ...origin(name, strongest) });
      }
    }),
    { numRuns: 2_000 },
  );
});

describe('an empty variable', () => {
  it('is not there', () => {
    expect(resolve('interval', { environment: '' }).source).toBe('system');
  });

  it('lets the plain one speak', () => {
    const resolved = resolve('interval', { AUTOLOOP_: '', environment: '7' });
    expect(resolved).toMatchObject({ value: 7, from: 'INTERVAL_SECONDS' });
  });

  it('is an empty prefix where the task has one', () => {
    const resolved = resolve('prefix', { environment: '', task: 'think' });
    expect(resolved).toMatchObject({ value: '', source: 'environment' });
  });
});

describe('SKIP_PERMISSIONS', () => {
  it.each(variablesOf('SKIP_PERMISSIONS'))('%s=yes means bypass', (from) => {
    const resolved = resolveWith({ environment: { [from]: 'yes' } }, 'permissionMode');
    expect(resolved).toMatchObject({ value: 'bypassPermissions', source: 'environment', from });
  });

  it('means nothing with another value, and gives way to PERMISSION_MODE', () => {
    const no = resolveWith({ environment: { SKIP_PERMISSIONS: 'no' } }, 'permissionMode');
    expect(no.source).toBe('system');
    const both = { SKIP_PERMISSIONS: 'yes', PERMISSION_MODE: 'plan' };
    expect(resolveWith({ environment: both }, 'permissionMode').value).toBe('plan');
  });
});

describe('the defaults of a task', () => {
  it('may be numbers and arrays', () => {
    const defaults = {
      interval: 60,
      allowedTools: ['Read', 'Bash'],
      agentCommand: ['my agent', "it's"],
    };
    expect(resolveWith({ task: defaults }, 'interval').value).toBe(60);
    expect(resolveWith({ task: defaults }, 'allowedTools').value).toEqual(['Read', 'Bash']);
    expect(resolveWith({ task: defaults }, 'agentCommand').value).toEqual(['my agent', "it's"]);
  });

  it('are refused where they are neither', () => {
    const error = errorOf(() => resolveWith({ task: { interval: { s: 1 } } }, 'interval'));
    expect(error.message).toBe(
      'defaults of task "tidy" is "{"s":1}", which is not a value of the setting interval.',
    );
  });
});

describe('a setting that there is not', () => {
  it('is refused in the defaults of a task', () => {
    const error = errorOf(() => resolveWith({ task: { intervall: 5 } }, 'interval'));
    expect(error.code).toBe(150);
    expect(error.message).toBe(
      'The defaults of task "tidy": there is no setting named "intervall".',
    );
    expect(error.fix).toContain('interval, maxInterval, max, maxCost');
  });

  it("is refused in the user's configuration, by file and name", () => {
    const error = errorOf(() => resolveWith({ user: { maxTurns: 5 } }, 'interval'));
    expect(error.code).toBe(150);
    expect(error.message).toBe(`${CONFIG}: there is no setting named "maxTurns".`);
    expect(error.fix).toContain('max-turns');
  });
});

describe.each(UNBUILT_SETTINGS)('$flag, which is not built yet,', ({ flag, env, harmless }) => {
  const key = camelCase(flag);
  it.each([
    { from: `--${flag}`, given: { flags: { [key]: '7' } } },
    { from: env, given: { environment: { [env]: '7' } } },
    { from: `AUTOLOOP_${env}`, given: { environment: { [`AUTOLOOP_${env}`]: '7' } } },
    { from: `task default ${key}`, given: { task: { [key]: 7 } } },
    { from: `${flag} in ${CONFIG}`, given: { user: { [flag]: '7' } } },
  ])('is refused from: $from', ({ from, given }) => {
    const error = errorOf(() => resolveWith(given, 'interval'));
    expect(error.code).toBe(150);
    expect(error.message).toMatch(/is not available in this version of autoloop/);
    expect(error.message).toContain(`${from} is "7"`);
  });

  it('is let pass where it asks for what holds anyway', () => {
    for (const text of ['', ...harmless]) {
      expect(resolveWith({ environment: { [env]: text } }, 'interval').source).toBe('system');
    }
  });
});

it('does not take what a worker is told of its attempt for settings of a loop inside it', () => {
  const environment = { AUTOLOOP_ATTEMPT_ID: 'r-1-1', AUTOLOOP_TARGET: 'x', INTERVAL_SECONDS: '7' };
  expect(resolveWith({ environment }, 'interval').value).toBe(7);
});

const AGENTS_IDLE_TIMEOUT = 600;
const CONFIG = '/home/ada/.config/autoloop/config.json';

interface Given {
  readonly flags?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly task?: Readonly<Record<string, unknown>>;
  readonly user?: Readonly<Record<string, unknown>>;
}

function resolveWith(given: Given, name: SettingName): ResolvedSetting {
  const { resolved, settings } = resolveSettings(
    {
      flags: given.flags ?? {},
      environment: given.environment ?? {},
      task: { name: 'tidy', defaults: given.task ?? {} },
      user: { path: CONFIG, values: given.user ?? {} },
    },
    () => AGENTS_IDLE_TIMEOUT,
  );
  const found = resolved.find((setting) => setting.name === name);
  if (!found) {
    throw new Error(`${name} was not resolved`);
  }
  if (name !== 'notify') {
    expect(settings[name]).toEqual(found.value);
  }
  return found;
}

type Said = Readonly<Partial<Record<Source, string | undefined>>>;

function resolve(name: SettingName, said: Said): ResolvedSetting {
  const { flag, env } = SETTINGS[name];
  const [ours = '', plain = ours] = variablesOf(env);
  return resolveWith(
    {
      flags: only(name, said.flag),
      environment: { ...only(plain, said.environment), ...only(ours, said['AUTOLOOP_']) },
      task: only(name, said.task),
      user: only(flag, said.user),
    },
    name,
  );
}

function only(key: string, text: string | undefined): Record<string, string> {
  return text === undefined ? {} : { [key]: text };
}

function origin(name: SettingName, source: Source): { source: SettingSource; from: string } {
  const { flag, env } = SETTINGS[name];
  const [ours = '', plain = ours] = variablesOf(env);
  const origins: Record<Source, { source: SettingSource; from: string }> = {
    flag: { source: 'flag', from: `--${flag}` },
    AUTOLOOP_: { source: 'environment', from: ours },
    environment: { source: 'environment', from: plain },
    task: { source: 'task', from: 'defaults of task "tidy"' },
    user: { source: 'user', from: CONFIG },
  };
  return origins[source];
}

function refusal(name: SettingName, said: Said): AutoloopError {
  return errorOf(() => resolve(name, said));
}

function errorOf(work: () => unknown): AutoloopError {
  try {
    work();
  } catch (error) {
    if (error instanceof AutoloopError) {
      return error;
    }
    throw error;
  }
  throw new Error('It was not refused.');
}

function camelCase(flag: string): string {
  return flag.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
