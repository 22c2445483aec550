import { readBox } from './read-box.ts';
import { priorityInHeading, priorityInText } from './read-priority.ts';
import { proseLines, type ProseLine } from './prose-lines.ts';

/** A checkbox of a requirements document. */
export interface PrdItem {
  /** In one line, without its box. */
  readonly text: string;
  readonly done: boolean;
  /** 0 for P0, the most important; null: nothing says. */
  readonly priority: number | null;
  /** From 1. */
  readonly line: number;
}

/**
 * The checkboxes of a PRD.md, in its order: in bulleted, numbered, nested and quoted lists and in tables. What stands in
 * code or in a comment is none. An item's priority is its own, else that of the item it is nested in, else that of the
 * nearest heading that has one. Takes any text, never throws, and its time grows with the length alone.
 */
export function parsePrd(markdown: string): PrdItem[] {
  const items: PrdItem[] = [];
  const outline = new Outline();
  for (const line of proseLines(markdown)) {
    const box = readBox(line.text);
    if (box !== null) {
      const own = priorityInText(box.text);
      const priority = own ?? outline.priorityAt(box.indent);
      items.push({ text: box.text, done: box.done, priority, line: line.number });
      outline.nest(box.indent, own);
    } else {
      outline.take(line);
    }
  }
  return items;
}

/** Under which priority a line stands: of the headings above it, and of the items it is nested in. */
class Outline {
  readonly #headings: (number | null)[] = [];
  #items: { readonly indent: number; readonly priority: number | null }[] = [];

  priorityAt(indent: number): number | null {
    const parent = this.#items.findLast(
      (item) => item.indent < indent && item.priority !== null,
    )?.priority;
    return parent ?? this.#headings.findLast((priority) => typeof priority === 'number') ?? null;
  }

  nest(indent: number, priority: number | null): void {
    this.#items = [...this.#items.filter((item) => item.indent < indent), { indent, priority }];
  }

  /** A line without a box: a heading, a list item that others are nested in, or text. */
  take({ text, heading }: ProseLine): void {
    if (heading !== null) {
      this.#headings.length = Math.min(this.#headings.length, heading);
      this.#headings[heading] = priorityInHeading(text);
      this.#items = [];
      return;
    }
    const listed = /^([\s>]*)(?:[-*+]|\d{1,9}[.)])\s/.exec(text);
    if (listed !== null) {
      this.nest(listed[1]?.length ?? 0, priorityInHeading(text));
    }
  }
}
