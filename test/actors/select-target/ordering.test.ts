import { describe, expect, it } from 'vitest';
import { NeedMemory } from '../../../src/actors/select-target/need-memory.ts';
import type { TaskDefinition } from '../../../src/task/definition.ts';
import { order, scratch } from './selecting.ts';

const NOW = Date.UTC(2026, 10, 27, 12);

function failed(times: number): object {
  return {
    ...{ iterations: times, succeeded: 0, last_outcome: 'failed', last_iteration: 1 },
    ...{ last_at: new Date(NOW - 60_000).toISOString(), failures_in_row: times },
  };
}

function by(definition: TaskDefinition, targets: object = {}) {
  return order({ directory: scratch(), definition, targets, nowEpochMs: NOW });
}

describe('a selector that is a function', () => {
  it('orders the candidates, and knows what became of them', async () => {
    const selector: TaskDefinition['selector'] = ({ history, iteration }) => [
      { name: Object.keys(history).join(), score: iteration, reason: 'known' },
      'other',
      { name: Object.keys(history).join(), score: 9 },
    ];
    const { candidates, selected } = await by({ selector }, { api: failed(1) });
    expect(selected).toEqual({ target: 'api' });
    expect(candidates).toEqual([
      { name: 'api', score: 5, reason: 'known' },
      { name: 'other', score: null, reason: null },
    ]);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('no');
      },
      /Hook selector of task "mine" threw: no/,
    ],
    ['returns no list', () => 'api', /must return an array of names/],
    ['returns a name that is none', () => ['a\nb'], /must return an array of names/],
  ])('that %s fails the selection', async (_, selector, reason) => {
    const { selected } = await by({ selector: selector as unknown as string });
    expect(selected).toEqual({
      outcome: 'selection_failed',
      reason: expect.stringMatching(reason),
    });
  });
});

describe('a target whose work did not pass validation twice in a row', () => {
  const invalid = { ...failed(2), last_outcome: 'validation_failed', validations_failed_in_row: 2 };
  const until = '2026-11-27T12:59:00.000Z';
  const reason = `its work did not pass validation 2 times in a row, until ${until}`;
  const sources: [string, (names: readonly string[]) => TaskDefinition][] = [
    ['a selector', (names) => ({ selector: () => names })],
    [
      'selectTarget',
      (names) => ({ selectTarget: () => ({ target: names[0] ?? null, candidates: names }) }),
    ],
  ];

  it.each(sources)('is left out, and the next candidate of %s is taken', async (_, of) => {
    const { selected, candidates, leftOut } = await by(of(['a', 'b', 'c']), { a: invalid });
    expect(selected).toEqual({ target: 'b' });
    expect(candidates.map(({ name }) => name)).toEqual(['b', 'c']);
    expect(leftOut).toEqual([{ name: 'a', why: 'quarantined', reason, graduation: null }]);
  });

  it.each(sources)('leaves none where it is the only one of %s', async (_, of) => {
    expect((await by(of(['a']), { a: invalid })).selected).toEqual({
      outcome: 'selection_failed',
      reason: `no target is left to choose: 1 quarantined: a (${reason})`,
    });
  });

  it.each(sources)('is chosen by %s where the rules or the time let it', async (_, of) => {
    const scoring = { quarantineAfterValidations: 0 };
    const names = ['a', 'b'];
    expect((await by({ ...of(names), scoring }, { a: invalid })).target).toBe('a');
    const old = { ...invalid, last_at: new Date(NOW - 3_600_000).toISOString() };
    expect((await by(of(names), { a: old })).target).toBe('a');
    expect((await by(of(names), { a: failed(9) })).target).toBe('a');
  });

  it('gives way to the candidates beside it, and to nobody where nothing is left', async () => {
    const selectTarget = () => ({ target: 'a', candidates: ['b', 'c'] });
    expect((await by({ selectTarget }, { a: invalid })).selected).toEqual({ target: 'b' });
    const none = await by({ selectTarget: () => null }, { a: invalid });
    expect(none.selected).toEqual({ outcome: 'no_change', reason: 'nothing is left to work on' });
  });
});

describe('targets that are offered', () => {
  it('are scored, and the best is chosen', async () => {
    const targets: TaskDefinition['targets'] = () => [
      { name: 'fine', need: 0 },
      { name: 'poor', need: 1, priority: 0.5 },
      'unknown',
      { name: 'poor', need: 0 },
    ];
    const { candidates, selected, source } = await by({ targets });
    expect({ source, selected }).toEqual({ source: 'targets', selected: { target: 'poor' } });
    expect(candidates.map(({ name }) => name)).toEqual(['poor', 'unknown', 'fine']);
    expect(candidates[0]).toMatchObject({ reason: 'need 1, priority 0.5, never worked on' });
  });

  it('are scored by the rules of the task', async () => {
    const targets: TaskDefinition['targets'] = () => [
      { name: 'needy', need: 1 },
      { name: 'wished', need: 0, priority: 1 },
    ];
    const weights = { need: 9, priority: 0 };
    expect((await by({ targets, scoring: { weights } })).target).toBe('needy');
    expect((await by({ targets, scoring: { weights: { priority: 99 } } })).target).toBe('wished');
  });

  it('whose inputs have not changed are not worked out again by the same runner', async () => {
    const directory = scratch({ 'a.md': 'x' });
    let worked = 0;
    const need = (): number => (worked += 1) / 10;
    const definition = { targets: () => [{ name: 'a', need, inputs: ['a.md'] }] };
    const needs = new NeedMemory();
    const later = { directory, definition, needs, nowEpochMs: Date.now() + 60_000 };
    const first = await order(later);
    const second = await order({ ...later, iteration: 6 });
    expect(worked).toBe(1);
    expect([first.ranking, second.ranking].map((one) => one?.ranked[0]?.target.need)).toEqual([
      0.1, 0.1,
    ]);
  });

  it.each([
    ['nobody is offered', [], {}, 'no_change', 'nothing is left to work on'],
    [
      'all graduated',
      [
        { name: 'a', graduated: true },
        { name: 'b', graduated: true },
      ],
      {},
      'no_change',
      'all 2 targets have graduated',
    ],
    [
      'all failed too often',
      ['a'],
      { a: failed(3) },
      'selection_failed',
      'no target is left to choose: 1 quarantined: a (it failed 3 times in a row, until 2026-11-27T12:59:00.000Z)',
    ],
    [
      'the rest graduated',
      [{ name: 'b', graduated: true }, 'a'],
      { a: failed(3) },
      'selection_failed',
      'no target is left to choose: 1 quarantined, 1 graduated: a (it failed 3 times in a row, until 2026-11-27T12:59:00.000Z)',
    ],
  ])('where %s: that is said', async (_, offered, known, outcome, reason) => {
    expect((await by({ targets: () => offered }, known)).selected).toEqual({ outcome, reason });
  });

  it.each([
    [
      'throw',
      () => {
        throw new Error('no');
      },
      /Hook targets of task "mine" threw: no/,
    ],
    [
      'need too much',
      () => [{ name: 'a', need: 2 }],
      /must return an array of names or {name, need/,
    ],
    ['have a key that is none', () => [{ name: 'a', weight: 2 }], /must return an array/],
  ])('that %s fail the selection', async (_, targets, reason) => {
    const { selected } = await by({ targets });
    expect(selected).toEqual({
      outcome: 'selection_failed',
      reason: expect.stringMatching(reason),
    });
  });

  it('whose needs never come are given up with the loop', async () => {
    const stopped = new AbortController();
    const definition = {
      targets: () => [
        {
          name: 'a',
          need: () => {
            stopped.abort();
            return new Promise<number>(() => {});
          },
        },
      ],
    };
    const { selected } = await order({ directory: scratch(), definition, signal: stopped.signal });
    expect(selected).toMatchObject({
      outcome: 'selection_failed',
      reason: expect.stringMatching(/given up: the loop is stopping/),
    });
  });
});

describe('who is asked', () => {
  it('is what the module names, before a program in its folder', async () => {
    const directory = scratch({ selector: '#!/bin/sh\necho program\n' });
    const ask = (definition: TaskDefinition) => order({ directory, definition });
    expect(await ask({})).toMatchObject({ source: 'selector', target: 'program' });
    expect(await ask({ targets: () => ['offered'] })).toMatchObject({ target: 'offered' });
    expect(await ask({ selectTarget: () => 'hook' })).toMatchObject({ target: 'hook' });
    expect(await ask({ selector: () => ['function'] })).toMatchObject({ target: 'function' });
  });
});
