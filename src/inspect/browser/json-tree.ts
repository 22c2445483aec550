import { element, setText } from './element.ts';

/** A JSON object as a tree: what is open stays open as its values change. */
export class JsonTree {
  readonly #root = new JsonNode('', 0);
  readonly element = this.#root.list;

  constructor() {
    this.element.className = 'tree';
  }

  show(value: unknown): void {
    this.#root.show(value);
  }
}

/** What lies deeper is closed at first. */
const OPEN_DEPTH = 1;

class JsonNode {
  readonly element: HTMLElement;
  readonly #depth: number;
  readonly #children = new Map<string, JsonNode>();
  readonly list = element('ul');
  readonly #value = element('span', { class: 'leaf' });
  readonly #count = element('span', { class: 'count' });
  readonly #branch: HTMLDetailsElement;
  readonly #leaf: HTMLElement;

  constructor(name: string, depth: number) {
    this.#depth = depth;
    this.#branch = element(
      'details',
      { open: depth < OPEN_DEPTH },
      element('summary', {}, element('span', { class: 'key' }, name), this.#count),
      this.list,
    );
    this.#leaf = element('div', {}, element('span', { class: 'key' }, name), this.#value);
    this.element = element('li', {}, this.#leaf);
  }

  show(value: unknown): void {
    const entries = entriesOf(value);
    if (entries === null || entries.length === 0) {
      this.#showLeaf(value, entries !== null);
    } else {
      this.#showBranch(value, entries);
    }
  }

  #showLeaf(value: unknown, isEmpty: boolean): void {
    const text = isEmpty ? (Array.isArray(value) ? '[]' : '{}') : (JSON.stringify(value) ?? '–');
    setText(this.#value, text);
    const kind = value === null ? 'null' : typeof value;
    this.#value.className = `leaf ${kind}`;
    this.#hold(this.#leaf);
  }

  #showBranch(value: unknown, entries: readonly (readonly [string, unknown])[]): void {
    const names = new Set(entries.map(([name]) => name));
    for (const [name, child] of this.#children) {
      if (!names.has(name)) {
        child.element.remove();
        this.#children.delete(name);
      }
    }
    for (const [name, inner] of entries) {
      const child = this.#children.get(name) ?? this.#add(name);
      child.show(inner);
    }
    setText(this.#count, Array.isArray(value) ? `[${entries.length}]` : `{${entries.length}}`);
    this.#hold(this.#branch);
  }

  #add(name: string): JsonNode {
    const child = new JsonNode(name, this.#depth + 1);
    this.#children.set(name, child);
    this.list.append(child.element);
    return child;
  }

  #hold(part: HTMLElement): void {
    if (this.element.firstChild !== part) {
      this.element.replaceChildren(part);
    }
  }
}

/** null: it is no object. */
function entriesOf(value: unknown): (readonly [string, unknown])[] | null {
  return typeof value === 'object' && value !== null ? Object.entries(value) : null;
}
