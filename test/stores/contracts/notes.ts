import { expect, test } from 'vitest';
import type { Notes } from '../../../src/ports/notes.ts';

export function keepsTheNotesContract(create: () => Notes): void {
  test('has nothing to tell at first', () => {
    expect(create().pending()).toEqual([]);
  });

  test('keeps notes in the order they came', () => {
    const notes = create();
    const first = notes.add({ text: 'look at the tests', target: null });
    const second = notes.add({ text: 'mind the cache', target: 'redis' });
    expect(notes.pending()).toEqual([first, second]);
    expect(second).toMatchObject({ text: 'mind the cache', target: 'redis' });
  });

  test('delivering leaves what was not named', () => {
    const notes = create();
    const told = notes.add({ text: 'told', target: null });
    const later = notes.add({ text: 'later', target: null });
    notes.deliver([told.id]);
    expect(notes.pending()).toEqual([later]);
  });

  test('delivering twice, or what never was, does nothing', () => {
    const notes = create();
    const told = notes.add({ text: 'told', target: null });
    notes.deliver([told.id, '../escape']);
    notes.deliver([told.id]);
    expect(notes.pending()).toEqual([]);
  });
}
