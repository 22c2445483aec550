import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankTargets } from '../../../src/selection/rank-targets.ts';
import { scoringRules } from '../../../src/selection/scoring-rules.ts';
import { offerOf, scoring } from '../../../tasks/resource-improvement/offer.ts';
import type { Service } from '../../../tasks/resource-improvement/services/find-services.ts';
import { settings } from '../../../tasks/resource-improvement/settings.ts';
import { NOW, record, target } from '../../selection/scored.ts';
import { contextOf } from '../../task/context-of.ts';
import { scratch } from '../../task/scratch.ts';

const UP: Service = {
  ...{ name: 'api', enabled: true, running: true, state: null, category: null, folder: null },
};

describe('the order of services', () => {
  const kind = fc.record({
    enabled: fc.boolean(),
    running: fc.constantFrom(true, false, null),
    isPreferred: fc.boolean(),
    history: fc.option(
      fc.record({
        succeeded: fc.nat(40),
        failed: fc.nat(40),
        last_iteration: fc.integer({ min: 80, max: 98 }),
        duration: fc.nat(100_000),
      }),
    ),
  });

  it('is by state, whatever their history and the wishes, as long as none waited for ages', async () => {
    const kinds = fc.array(kind, { minLength: 10, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(kinds, fc.string(), async (services, seed) => {
        const named = services.map((facts, at) => ({ ...facts, name: `s${at}` }));
        const prefer = named.filter(({ isPreferred }) => isPreferred).map(({ name }) => name);
        const context = contextWith({ prefer: prefer.join(' ') });
        const offers = await Promise.all(
          named.map(({ name, enabled, running }) =>
            offerOf(context, { ...UP, name, enabled, running }),
          ),
        );
        const known = named.flatMap(({ name, history }) =>
          history === null ? [] : [[name, record(history)] as const],
        );
        const { ranked } = rankTargets({
          targets: offers.map(({ name, need, priority }) =>
            target(name, { need: Number(need), priority: priority ?? 0 }),
          ),
          records: new Map(known),
          rules: scoringRules({ ...scoring, quarantineAfter: 0, quarantineAfterValidations: 0 }),
          ...{ iteration: 100, nowEpochMs: NOW, seed },
        });
        const states = ranked.map(({ target: { name } }) => {
          const service = named.find((one) => one.name === name);
          return service?.enabled ? (service.running === false ? 0 : 1) : 2;
        });
        expect(states).toEqual(states.toSorted((left, right) => left - right));
      }),
    );
  });
});

describe('a service as it is offered', () => {
  it('tells why, in words', async () => {
    expect((await offerOf(contextWith({}), UP)).reason).toBe('running');
    expect((await offerOf(contextWith({}), { ...UP, running: null })).reason).toBe('enabled');
    const asked = contextWith({ status: './status', prefer: 'api' });
    expect((await offerOf(asked, { ...UP, running: null })).reason).toBe(
      'status unknown, preferred',
    );
    const ill = { ...UP, running: false, state: 'Up 3 minutes (unhealthy)' };
    expect((await offerOf(contextWith({}), ill)).reason).toBe(
      'not running (Up 3 minutes (unhealthy))',
    );
  });

  it('needs all there is where it does not run, else what is open of its PRD', async () => {
    const workspace = scratch({ 'resources/api/PRD.md': '- [x] a\n- [ ] b\n' });
    const context = contextWith({}, workspace);
    const service = { ...UP, folder: 'resources/api' };
    expect((await offerOf(context, { ...service, running: false })).need).toBe(1);
    expect((await offerOf(context, service)).need).toBeCloseTo(0.45);
    expect((await offerOf(context, UP)).need).toBeCloseTo(0.38);
  });

  it('has no quality where it does not run, and an unknown one where nobody validates', async () => {
    const history = { api: record({ succeeded: 3 }) };
    const validated = { ...contextWith({ validate: 'true' }), history };
    expect((await offerOf(validated, UP)).maturity).toMatchObject({ quality: 1 });
    expect((await offerOf(validated, { ...UP, running: false })).maturity).toMatchObject({
      quality: 0,
    });
    const free = { ...contextWith({}), history };
    expect((await offerOf(free, UP)).maturity).toEqual({
      ...{ completion: null, quality: null, documentation: null },
    });
  });
});

function contextWith(own: object, workspace = '/') {
  return { ...contextOf({ workspace }), own: settings.parse(own), history: {} };
}
