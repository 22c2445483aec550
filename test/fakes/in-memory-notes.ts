import type { Note, Notes } from '../../src/ports/notes.ts';

export class InMemoryNotes implements Notes {
  #count = 0;
  #pending: readonly Note[] = [];

  add({ text, target }: Omit<Note, 'id' | 'at'>): Note {
    this.#count += 1;
    const at = new Date(Date.UTC(2026, 0, 1) + this.#count).toISOString();
    const note = { id: `note-${this.#count}`, at, text, target };
    this.#pending = [...this.#pending, note];
    return note;
  }

  pending(): readonly Note[] {
    return this.#pending;
  }

  deliver(ids: readonly string[]): void {
    this.#pending = this.#pending.filter(({ id }) => !ids.includes(id));
  }
}
