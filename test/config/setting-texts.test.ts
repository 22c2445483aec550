import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { camelCase, resolveSettings } from '../../src/config/resolve-settings.ts';
import type { SettingDefinition } from '../../src/config/setting-definition.ts';
import { SETTINGS, settingNames } from '../../src/config/setting-definitions.ts';
import { UNBUILT_SETTINGS } from '../../src/config/unbuilt-settings.ts';
import type { SettingName } from '../../src/domain/settings.ts';
import { temporaryFolder } from '../stores/temporary-folder.ts';

const YEAR = 366 * 86_400;
const LISTS: readonly SettingName[] = ['agentCommand', 'allowedTools', 'passEnv'];
const LISTS_OF_SOME: readonly SettingName[] = ['fallbackAgents', 'notify', 'notifyOn'];
const RIGHT: { readonly [Name in SettingName]?: string } = {
  checkpoint: 'commit',
  dirtyStart: 'carry',
  agent: 'claude',
  permissionMode: 'plan',
  mode: 'plan',
  supervision: 'base',
  fallbackAgents: 'claude',
  continueSession: 'yes',
  otel: 'yes',
  summaryBy: 'agent',
};
const SWITCHES: readonly SettingName[] = ['continueSession', 'otel'];
const TEXTS: readonly SettingName[] = ['prefix', 'tcpFilter'];
/** Where nothing is a value: an empty list, an empty text. */
const MAY_BE_EMPTY: readonly SettingName[] = [
  ...(['allowedTools', 'passEnv', 'fallbackAgents', 'notify', 'notifyOn'] as const),
  ...(['prefix', 'tcpFilter'] as const),
];

describe('a text of a setting', () => {
  it.each([
    ['interval', '0', 0],
    ['interval', ' 90 ', 90],
    ['interval', '1.5h', 5_400],
    ['interval', '2 M', 120],
    ['interval', '366d', YEAR],
    ['timeout', '1', 1],
    ['max', ' 7 ', 7],
    ['max', '007', 7],
    ['max', '1000000000', 1_000_000_000],
    ['maxRetries', '1000', 1000],
    ['minFreeMb', '0', 0],
    ['minFreeMb', '1000000000', 1_000_000_000],
    ['agent', ' command ', 'command'],
    ['permissionMode', '\tplan\n', 'plan'],
    ['prefix', '  think  ', '  think  '],
    ['allowedTools', ',, Read ,', ['Read']],
    ['allowedTools', 'Bash(git add, git commit),Read', ['Bash(git add, git commit)', 'Read']],
    ['agentCommand', '  node   x.js ', ['node', 'x.js']],
  ] as const)('%s: %j is a value', (name, text, value) => {
    expect(fromFlag(name, text)).toEqual(value);
  });

  it.each([
    ...[
      '-1',
      '366.1d',
      '1e3',
      '0x10',
      'Infinity',
      'NaN',
      '1,5',
      '1 0',
      '5w',
      '٣',
      '9'.repeat(400),
    ].map((text) => ['interval', text] as const),
    ...['-1', '+1', '1.0', '1e3', '0x10', '1000000001', '9'.repeat(16), '1 0'].map(
      (text) => ['max', text] as const,
    ),
    ...['a b', ' a', 'a\n', '-m', 'a\u0000', 'a\u001B[0m'].map((text) => ['model', text] as const),
    ...['Claude', 'claude,command'].map((text) => ['agent', text] as const),
    ...[`'`, '"a', 'a\\', `''`, `'' a`].map((text) => ['agentCommand', text] as const),
  ])('%s: %j is none', (name, text) => {
    expect(() => fromFlag(name, text)).toThrow(
      expect.objectContaining({ code: 150, message: expect.stringContaining(`"${text}"`) }),
    );
  });

  it('is a path taken whole, where there is one', () => {
    const path = join(temporaryFolder(), "it's my agent");
    mkdirSync(path);
    expect(fromFlag('agentCommand', path)).toEqual([path]);
  });
});

describe.each(settingNames)('nothing, or blanks, for %s', (name) => {
  const { flag } = SETTINGS[name];
  it.each(
    ['', ' \t '].flatMap((text) => [
      { text, by: 'a flag', sources: { flags: { [name]: text } } },
      { text, by: 'a task', sources: { defaults: { [name]: text } } },
      { text, by: 'the user', sources: { values: { [flag]: text } } },
    ]),
  )('is told, not passed over: $text by $by', ({ sources, text }) => {
    if (MAY_BE_EMPTY.includes(name)) {
      expect(resolve(name, sources)).toEqual(TEXTS.includes(name) ? text : []);
    } else {
      expect(() => resolve(name, sources)).toThrow(
        expect.objectContaining({ code: 150, message: expect.stringContaining(`"${text}"`) }),
      );
    }
  });
});

describe.each(settingNames)('in a file, %s', (name) => {
  const { flag } = SETTINGS[name];
  const isSwitch = SWITCHES.includes(name);

  const no = [{}, { s: 1 }, [{}], [null], [true], [['a']], ...(isSwitch ? [] : [true, false])];
  it.each(no)('cannot be %j', (value) => {
    for (const sources of [{ defaults: { [name]: value } }, { values: { [flag]: value } }]) {
      const text = JSON.stringify(value);
      const { mask }: SettingDefinition = SETTINGS[name];
      const written = mask?.(text) ?? text;
      expect(() => resolve(name, sources)).toThrow(
        expect.objectContaining({
          code: 150,
          message: expect.stringContaining(`is "${written}", which is not a value of`),
          fix: expect.stringMatching(/^Allowed: \S/),
        }),
      );
    }
  });

  it('that is null is not there', () => {
    for (const sources of [{ defaults: { [name]: null } }, { values: { [flag]: null } }]) {
      expect(resolve(name, sources)).toEqual(resolve(name, {}));
    }
  });
});

it.each(SWITCHES)('%s may be true or false, whoever wrote it', (name) => {
  for (const value of [true, false]) {
    expect(resolve(name, { defaults: { [name]: value } })).toBe(value);
    expect(resolve(name, { values: { [SETTINGS[name].flag]: value } })).toBe(value);
  }
});

it.each(LISTS)('%s may be an array, whoever wrote it', (name) => {
  const list = ['a b', "it's"];
  expect(resolve(name, { defaults: { [name]: list } })).toEqual(list);
  expect(resolve(name, { values: { [SETTINGS[name].flag]: list } })).toEqual(list);
});

it.each(settingNames.filter((name) => ![...LISTS, ...LISTS_OF_SOME].includes(name)))(
  '%s is one value, not an array of them',
  (name) => {
    const list = [RIGHT[name] ?? '5'];
    expect(() => resolve(name, { defaults: { [name]: list } })).toThrow(/not a value of/);
    expect(() => resolve(name, { values: { [SETTINGS[name].flag]: list } })).toThrow(
      /not a value of/,
    );
    expect(() => resolve(name, { defaults: { [name]: list[0] } })).not.toThrow();
  },
);

describe('idleTimeout', () => {
  it.each([
    { by: 'a flag', sources: { flags: { agent: 'command' } } },
    { by: 'a task', sources: { defaults: { agent: 'command' } } },
    { by: 'the user', sources: { values: { agent: 'command' } } },
  ])('is by default that of the agent, named by $by', ({ sources }) => {
    expect(resolve('idleTimeout', sources)).toBe(0);
    expect(resolve('idleTimeout', {})).toBe(600);
  });
});

describe.each(UNBUILT_SETTINGS)('$flag, not built yet and empty,', ({ flag, harmless }) => {
  const key = camelCase(flag);
  it.each([
    { by: 'a flag', sources: { flags: { [key]: '' } } },
    { by: 'a task', sources: { defaults: { [key]: '' } } },
    { by: 'the user', sources: { values: { [flag]: '' } } },
  ])('is refused from $by, unless empty is off', ({ sources }) => {
    const attempt = () => resolve('interval', sources);
    if (harmless.includes('')) {
      expect(attempt()).toBe(300);
    } else {
      expect(attempt).toThrow(/is "", but the setting .* is not available/);
    }
  });
});

it.each(UNBUILT_SETTINGS.filter(({ harmless }) => harmless.length > 0))(
  '$flag, not built yet, is judged by its strongest source',
  ({ flag, harmless }) => {
    const key = camelCase(flag);
    const [text = ''] = harmless;
    const weak = { flags: { [key]: text }, values: { [flag]: '77' } };
    const strong = { flags: { [key]: '77' }, values: { [flag]: text } };
    expect(resolve('interval', weak)).toBe(300);
    expect(() => resolve('interval', strong)).toThrow(`--${flag} is "77"`);
  },
);

interface Sources {
  readonly flags?: Readonly<Record<string, string>>;
  readonly defaults?: Readonly<Record<string, unknown>>;
  readonly values?: Readonly<Record<string, unknown>>;
}

function fromFlag(name: SettingName, text: string): unknown {
  return resolve(name, { flags: { [name]: text } });
}

function resolve(name: SettingName, { flags = {}, defaults = {}, values = {} }: Sources): unknown {
  const task = { name: 'tidy', defaults };
  const user = { path: '/c/config.json', values };
  const idleTimeout = (agent: string) => (agent === 'command' ? 0 : 600);
  return resolveSettings({ flags, environment: {}, task, user }, idleTimeout).settings[name];
}
