import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { NoteFolder } from '../../src/stores/note-folder.ts';
import { InMemoryNotes } from '../fakes/in-memory-notes.ts';
import { ManualClock } from '../fakes/manual-clock.ts';
import { keepsTheNotesContract } from './contracts/notes.ts';
import { startProgram } from './program.ts';
import { keepAsIs } from './samples.ts';
import { temporaryFolder } from './temporary-folder.ts';

const notesIn = (directory: string, clock = new ManualClock()): NoteFolder =>
  new NoteFolder({ directory, clock, redactor: keepAsIs });

describe('NoteFolder', () => {
  keepsTheNotesContract(() => notesIn(join(temporaryFolder(), 'notes')));

  test('keeps each note as a readable file, for its user alone', () => {
    const directory = join(temporaryFolder(), 'notes');
    const note = notesIn(directory).add({ text: 'mind\nthe gap', target: null });
    expect(note).toMatchObject({ id: '20260101T000000000-000', at: '2026-01-01T00:00:00.000Z' });
    const path = join(directory, `${note.id}.json`);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(note);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('orders notes of all processes by time', () => {
    const directory = join(temporaryFolder(), 'notes');
    const clock = new ManualClock();
    const texts = ['a', 'b', 'c', 'd'];
    for (const text of texts) {
      notesIn(directory, clock).add({ text, target: null });
      clock.advance(text === 'b' ? 1 : 0);
    }
    expect(
      notesIn(directory)
        .pending()
        .map(({ text }) => text),
    ).toEqual(texts);
  });

  test('leaves files that are no notes alone', () => {
    const directory = join(temporaryFolder(), 'notes');
    mkdirSync(directory);
    writeFileSync(join(directory, '20260101T000000000-000.json'), '{');
    writeFileSync(join(directory, 'README'), '');
    expect(notesIn(directory).pending()).toEqual([]);
    expect(readdirSync(directory)).toHaveLength(2);
  });

  test('redacts what it keeps', () => {
    const directory = join(temporaryFolder(), 'notes');
    const redactor = {
      redactValue: <Value>(value: Value): Value =>
        JSON.parse(JSON.stringify(value).replaceAll('s3cret', '[REDACTED:test]')),
    };
    new NoteFolder({ directory, clock: new ManualClock(), redactor }).add({
      text: 'use s3cret',
      target: null,
    });
    expect(notesIn(directory).pending()[0]?.text).toBe('use [REDACTED:test]');
  });

  test('loses none of what several processes add while others are delivered', async () => {
    const directory = join(temporaryFolder(), 'notes');
    const programs = Array.from({ length: 4 }, () => startProgram('add-notes', directory, '50'));
    const notes = notesIn(directory);
    const told: string[] = [];
    const deliverAll = (): void => {
      const pending = notes.pending();
      told.push(...pending.map(({ text }) => text));
      notes.deliver(pending.map(({ id }) => id));
    };
    let running = programs.length;
    const ends = programs.map((program) => program.says().then(() => (running -= 1)));
    while (running > 0) {
      deliverAll();
      await new Promise(setImmediate);
    }
    await Promise.all(ends);
    deliverAll();
    expect(new Set(told).size).toBe(200);
    expect(told).toHaveLength(200);
    expect(notes.pending()).toEqual([]);
  });
});

describe('InMemoryNotes', () => {
  keepsTheNotesContract(() => new InMemoryNotes());
});
