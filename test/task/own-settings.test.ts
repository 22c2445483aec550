import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import * as mini from 'zod/mini';
import { describeOwnSettings } from '../../src/task/describe-own-settings.ts';
import { readOwnSettings } from '../../src/task/own-settings.ts';

const SCHEMA = z.object({
  depth: z.number().int().min(1).default(3).describe('how deep to look'),
  path: z.string().default('.'),
  order: z.enum(['new', 'old']).optional(),
  eager: z.boolean().default(false),
});

const read = (
  text: string | null,
  schema: Parameters<typeof readOwnSettings>[0]['schema'] = SCHEMA,
) => readOwnSettings({ task: 'mine', schema, text, from: '--task-settings' });

describe("a task's own settings", () => {
  it.each([
    [null, {}],
    ['', {}],
    ['depth=5', { depth: 5 }],
    [' depth = 5 , path = a=b ', { depth: 5, path: 'a=b' }],
    ['path=007', { path: '007' }],
    ['eager=true,order=old', { eager: true, order: 'old' }],
    ['{"depth": 2, "path": "a,b"}', { depth: 2, path: 'a,b' }],
  ])('are read from %j, defaults added', (text, set) => {
    expect(read(text)).toEqual({ depth: 3, path: '.', eager: false, ...set });
  });

  it.each([
    ['depth=0', /--task-settings of task "mine": depth: Too small/],
    ['depth=deep', /depth: Invalid input: expected number/],
    ['order=any', /order: Invalid option/],
    ['deph=3', /none named "deph"/],
    ['depth', /not written as settings/],
    ['depth=3,', /not written as settings/],
    ['{"depth": ', /not written as settings/],
    ['{"depth": 3} x', /not written as settings/],
  ])('are refused: %s', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  it('suggest the name that was meant', () => {
    const fix = expect.stringContaining('Did you mean depth?');
    expect(() => read('deph=3')).toThrow(expect.objectContaining({ code: 150, fix }));
  });

  it('are none where a task has no schema', () => {
    const own = (text: string | null) =>
      readOwnSettings({ task: 'mine', schema: undefined, text, from: 'TASK_SETTINGS' });
    expect(own(null)).toEqual({});
    expect(() => own('a=1')).toThrow(/TASK_SETTINGS of task "mine": it has no settings of its own/);
  });

  it('are asked for where they have no default', () => {
    expect(() => read(null, z.object({ url: z.url() }))).toThrow(/settings of task "mine": url: /);
  });

  it('are refused with words where their schema is asynchronous, or throws', () => {
    const late = z.object({ a: z.string().refine(async () => true) });
    const throws = {
      safeParse: (): never => {
        throw new Error('oh');
      },
    };
    expect(() => read('a=b', late)).toThrow(/its schema threw: /);
    expect(() => read('a=b', throws)).toThrow(/its schema threw: oh/);
  });

  it('take any text without falling over', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('dephath=,{}":1 \n\\'), '__proto__') }),
        (text) => {
          try {
            expect(Object.keys(read(text))).toEqual(
              expect.arrayContaining(['depth', 'path', 'eager']),
            );
          } catch (error) {
            expect(error).toMatchObject({ name: 'AutoloopError', code: 150 });
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe('what a schema tells of itself', () => {
  it('is name, type, default and description', () => {
    expect(describeOwnSettings(SCHEMA)).toEqual([
      { name: 'depth', type: 'integer', fallback: 3, description: 'how deep to look' },
      { name: 'path', type: 'string', fallback: '.', description: null },
      { name: 'order', type: 'new | old', fallback: null, description: null },
      { name: 'eager', type: 'boolean', fallback: false, description: null },
    ]);
  });

  it('is understood of zod/mini too, and of what cannot be told nothing is', () => {
    const odd = mini.object({ when: mini.date(), by: mini.custom<string>(() => true) });
    expect(describeOwnSettings(odd).map(({ name }) => name)).toEqual(['when', 'by']);
    expect(describeOwnSettings({ safeParse: () => ({ success: true, data: {} }) })).toEqual([]);
  });
});
