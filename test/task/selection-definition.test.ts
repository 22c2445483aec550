import { describe, expect, it } from 'vitest';
import { HOOK_READERS } from '../../src/task/hook-readers.ts';
import { parseDefinition } from '../../src/task/parse-definition.ts';
import { contextOf } from './context-of.ts';

const source = { name: 'mine', file: 'task.ts' };

describe('what a task says of its selection', () => {
  it('may be a path, a function, and rules that differ', () => {
    const scoring = { weights: { need: 0 }, cooldownIterations: 0, quarantineHours: 0.5, seed: '' };
    expect(() => parseDefinition({ selector: 'bin/pick', scoring }, source)).not.toThrow();
    expect(() => parseDefinition({ selector: () => [], targets: () => [] }, source)).not.toThrow();
  });

  it.each([
    [{ selector: 3 }, '"selector" is a number, not a path or a function'],
    [{ targets: [] }, 'hook "targets" is an empty array, not a function'],
    [{ scoring: { cooldown: 3 } }, '"scoring" has the unknown key cooldown'],
    [
      { scoring: { weights: { need: -1 } } },
      '"scoring.weights.need" cannot be that: numbers of 0 and more',
    ],
    [{ scoring: { quarantineAfter: 1.5 } }, '"scoring.quarantineAfter" cannot be that'],
  ])('is refused where it is none: %j', (definition, message) => {
    expect(() => parseDefinition(definition, source)).toThrow(message);
  });

  it.each([
    [{ name: 'a', need: NaN }],
    [{ name: 'a', priority: -1.1 }],
    [{ name: 'a', graduated: 'yes' }],
    [{ name: 'a', inputs: 'PRD.md' }],
    [{ name: 'a', inputs: ['a\0b'] }],
    [{ name: 'a', version: 3 }],
    [{ name: 'a', maturity: null }],
    [{ name: 'a', maturity: { quality: 1.1 } }],
    [{ name: 'a', maturity: { stability: 1 } }],
    [{ name: 'a', toString: () => '' }],
    [{ name: 'a\nb' }],
    [{ need: 1 }],
    ['x'.repeat(501)],
    [null],
    [['a']],
  ])('is no target: %j', (offer) => {
    const read = HOOK_READERS.targets.read(['good', offer], { ...contextOf({}), history: {} });
    expect(read).toMatchObject({ ok: false, problem: expect.stringContaining('its 1 is') });
  });

  it('is a target in one form', () => {
    const read = HOOK_READERS.targets.read(
      [
        'a',
        { name: 'b', need: 0.5, inputs: ['x'], version: undefined },
        { name: 'c', maturity: { completion: 1, quality: null } },
        'a',
      ],
      { ...contextOf({}), history: {} },
    );
    const rest = { priority: 0, graduated: false, maturity: null, version: null };
    expect(read).toEqual({
      ok: true,
      value: [
        { name: 'a', need: null, inputs: [], ...rest },
        { name: 'b', need: 0.5, inputs: ['x'], ...rest },
        {
          ...{ name: 'c', need: null, inputs: [], ...rest },
          maturity: { completion: 1, quality: null, documentation: null },
        },
      ],
    });
  });
});
