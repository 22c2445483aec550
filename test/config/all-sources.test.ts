import fc from 'fast-check';
import { expect, it } from 'vitest';
import { resolveSettings, variablesOf } from '../../src/config/resolve-settings.ts';
import { SETTINGS } from '../../src/config/setting-definitions.ts';

/** All that a whole number may be; any of them may be set by any source at once. */
const NAMES = ['max', 'maxTurns', 'maxFailures', 'maxRetries', 'minFreeMb'] as const;

it('resolves each setting from the strongest source that speaks of it, whatever others say of others', () => {
  fc.assert(
    fc.property(fc.array(saying, { maxLength: 20 }), (sayings) => {
      const { resolved, settings } = resolveSettings(sourcesOf(sayings), () => 600);
      for (const name of NAMES) {
        const strongest = SOURCES.find((source) => wordOf(sayings, name, source) !== undefined);
        const word = strongest && wordOf(sayings, name, strongest);
        const found = resolved.find((setting) => setting.name === name);
        expect(found?.value).toBe(word ?? SETTINGS[name].fallback);
        expect(found?.source).toBe(strongest === 'ours' ? 'environment' : (strongest ?? 'system'));
        expect(settings[name]).toBe(found?.value);
      }
    }),
    { numRuns: 1_000 },
  );
});

/** The strongest first. */
const SOURCES = ['flag', 'ours', 'environment', 'task', 'user'] as const;
type Source = (typeof SOURCES)[number];

interface Saying {
  readonly name: (typeof NAMES)[number];
  readonly source: Source;
  readonly value: number;
}

const saying: fc.Arbitrary<Saying> = fc.record({
  name: fc.constantFrom(...NAMES),
  source: fc.constantFrom(...SOURCES),
  value: fc.integer({ min: 1, max: 1000 }),
});

function wordOf(sayings: readonly Saying[], name: string, source: Source): number | undefined {
  return sayings.findLast((said) => said.name === name && said.source === source)?.value;
}

function sourcesOf(sayings: readonly Saying[]) {
  return {
    flags: written(sayings, 'flag', ({ name }) => name),
    environment: {
      ...written(sayings, 'ours', ({ name }) => variablesOf(SETTINGS[name].env)[0]),
      ...written(sayings, 'environment', ({ name }) => SETTINGS[name].env),
    },
    task: { name: 'tidy', defaults: written(sayings, 'task', ({ name }) => name) },
    user: {
      path: '/c/config.json',
      values: written(sayings, 'user', ({ name }) => SETTINGS[name].flag),
    },
  };
}

function written(
  sayings: readonly Saying[],
  source: Source,
  keyOf: (said: Saying) => string | undefined,
): Record<string, string> {
  const own = sayings.filter((said) => said.source === source);
  return Object.fromEntries(own.map((said) => [keyOf(said) ?? '', String(said.value)]));
}
