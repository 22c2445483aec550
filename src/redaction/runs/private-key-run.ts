import { readPiece, readPrefixed, type Piece, type Place } from './private-key-piece.ts';
import type { Advance, Run } from './run.ts';

/** More white space or more short words than this belong to no key. */
const MOST_PENDING = 512;
const MOST_SHORT_LINES = 3;

/**
 * The lines of a private key, up to its end mark or the first thing that cannot be part of a key;
 * so a key that was cut off is hidden as well, and a mere mention of its first line hides nothing
 * else. Line breaks may be real, `\n` or `\\n`; lines may be indented, numbered, the elements of an
 * array or marked as in a diff.
 */
export class PrivateKeyRun implements Run {
  #place: Place = 'keyStart';
  /** White space and gutters: they belong to the key if more of it follows. */
  #pending = '';
  #shortLines = 0;
  #prefixLength = 0;

  advance(
    text: string,
    { from, to }: { from: number; to: number },
    keep: (text: string) => void,
  ): Advance {
    let index = from;
    while (index < to) {
      const piece = readPiece(text, index, this.#place) ?? this.#readPrefixed(text, index);
      if (piece === undefined || this.#isTooMuch(piece)) {
        return this.#leave(index, keep);
      }
      this.#take(piece, text.slice(index, piece.end), keep);
      index = piece.end;
      if (piece.kind === 'end') {
        return { end: index, isOpen: false };
      }
    }
    return { end: index, isOpen: true };
  }

  /** What is pending would be shown if nothing followed. */
  get pending(): string {
    return this.#pending;
  }

  #readPrefixed(text: string, index: number): Piece | undefined {
    return this.#place === 'lineStart' ? readPrefixed(text, index, this.#prefixLength) : undefined;
  }

  #isTooMuch(piece: Piece): boolean {
    if (piece.kind === 'shortLine') {
      this.#shortLines += 1;
    }
    return this.#shortLines > MOST_SHORT_LINES || this.#pending.length > MOST_PENDING;
  }

  #take(piece: Piece, text: string, keep: (text: string) => void): void {
    switch (piece.kind) {
      case 'space':
        this.#pending += text;
        if (this.#place === 'inLine') {
          this.#place = 'lineStart';
        }
        return;
      case 'stringEnd':
      case 'betweenStrings':
        this.#place = 'betweenStrings';
        return this.#keepPending(text, keep);
      case 'stringStart':
        this.#place = 'stringStart';
        return this.#keepPending(text, keep);
      default:
        this.#place = piece.kind === 'header' ? 'keyStart' : 'inLine';
        this.#prefixLength = piece.prefixLength || this.#prefixLength;
        this.#pending = '';
    }
  }

  /** Marks and commas between the elements of an array stay, so that JSON stays JSON. */
  #keepPending(text: string, keep: (text: string) => void): void {
    keep(this.#pending + text);
    this.#pending = '';
  }

  #leave(end: number, keep: (text: string) => void): Advance {
    keep(this.#pending);
    return { end, isOpen: false };
  }
}
