import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { EVENT_NAMES } from '../../src/domain/event-names.ts';
import { historyEvents } from '../bench/history-events.ts';
import { expectLawfulEvents } from '../crash/lawful-events.ts';
import { sampleEvent } from '../stores/samples.ts';
import { temporaryFolder } from '../stores/temporary-folder.ts';
import { eventSchema } from './event-schema/render-event-schema.ts';

const isLawful = new Ajv2020({ allowUnionTypes: true }).compile(eventSchema());
const EVENT = sampleEvent(1);

describe('the schema of events', () => {
  it('ships in the package as it is documented', () => {
    const shipped: unknown = createRequire(import.meta.url)('autoloop/events.schema.json');
    expect(shipped).toEqual(JSON.parse(readFileSync('docs/events.schema.json', 'utf8')));
    expect(shipped).toEqual(eventSchema());
  });

  it('knows each event that there is, as `events --type` does', () => {
    const { properties } = JSON.parse(readFileSync('docs/events.schema.json', 'utf8'));
    expect(properties.event.enum.toSorted()).toEqual(EVENT_NAMES.toSorted());
  });

  it('lets pass what a loop records', () => {
    const events = historyEvents('schema');
    for (let count = 0; count < 5_000; count += 1) {
      const event: unknown = events.next().value;
      expect(isLawful(event), JSON.stringify([event, isLawful.errors])).toBe(true);
    }
  });

  it('lets pass what a newer version tells beside', () => {
    expect(isLawful({ ...EVENT, host: 'a', details: { ...EVENT.details, more: [1] } })).toBe(true);
  });

  it.each([
    ['a name there is not', { event: 'nonsense' }],
    ['a moment that is not UTC', { timestamp: '2026-01-01T00:00:00.000+01:00' }],
    ['no number', { seq: undefined }],
    ['a number that none has', { seq: 0 }],
    ['half an iteration', { iteration: 1.5 }],
    ['a duration that is none', { duration: -1 }],
    ['a detail that is missing', { details: { code: 'x' } }],
    ['a detail of another type', { details: { code: 1, message: 'x' } }],
    ['a word that none of its kind is', { event: 'wait_end', details: { kind: 'x', how: 'over' } }],
  ])('refuses %s', (_, change) => {
    expect(isLawful(EVENT)).toBe(true);
    expect(isLawful({ ...EVENT, ...change })).toBe(false);
  });
});

describe('what the rigs of the tests check of each events file', () => {
  it('tells which line is wrong, in any folder and generation, and passes over torn ones', () => {
    const folder = temporaryFolder();
    const data = join(folder, '.autoloop', 'data', 'loop');
    mkdirSync(data, { recursive: true });
    writeFileSync(join(data, 'events.ndjson'), `${JSON.stringify(EVENT)}\n{"torn`);
    expect(() => expectLawfulEvents(folder)).not.toThrow();
    writeFileSync(join(data, 'events.ndjson.2'), `\n${JSON.stringify({ ...EVENT, seq: -1 })}\n`);
    expect(() => expectLawfulEvents(folder)).toThrow(/events\.ndjson\.2:2 \/seq must be >= 1/);
  });
});
