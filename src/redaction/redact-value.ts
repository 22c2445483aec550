import { marker } from './marker.ts';
import { isHarmless } from './value/harmless-value.ts';
import { secretKindOf } from './value/secret-word.ts';

/**
 * A JSON-like value with every string redacted, keys too; under a key such as `password` strings
 * are hidden whatever they are, and numbers under a password's. What holds no secret is returned as
 * it is, the same object.
 */
export function redactValue<T>(value: T, redactText: (text: string) => string): T;
export function redactValue(value: unknown, redactText: (text: string) => string): unknown {
  return new ValueRedaction(redactText).redact(value, undefined);
}

/** Deeper is no data of ours; what is not looked at is not shown. */
const DEEPEST = 400;

class ValueRedaction {
  readonly #redactText: (text: string) => string;
  /** The objects around the one at hand; one that holds itself is left alone. */
  readonly #around = new Set<object>();

  constructor(redactText: (text: string) => string) {
    this.#redactText = redactText;
  }

  /** `kind`: what a key above says that the value is. */
  redact(value: unknown, kind: string | undefined): unknown {
    if (typeof value === 'string') {
      return this.#redactString(value, kind);
    }
    if (typeof value === 'number' && kind === 'password') {
      return marker(kind);
    }
    if (
      typeof value !== 'object' ||
      value === null ||
      ArrayBuffer.isView(value) ||
      this.#around.has(value)
    ) {
      return value;
    }
    if (this.#around.size >= DEEPEST) {
      return marker('too-deep');
    }
    this.#around.add(value);
    const redacted = this.#redactObject(value, kind);
    this.#around.delete(value);
    return redacted;
  }

  #redactString(text: string, kind: string | undefined): string {
    const redacted = this.#redactText(text);
    return kind === undefined || isHarmless(redacted) ? redacted : marker(kind);
  }

  #redactObject(value: object, kind: string | undefined): unknown {
    if (Array.isArray(value)) {
      return this.#redactArray(value, kind);
    }
    if ('toJSON' in value && typeof value.toJSON === 'function') {
      return this.#redactSerialized(value, Reflect.apply(value.toJSON, value, []), kind);
    }
    const fields = Reflect.ownKeys(value).map((key) => this.#redactField(value, key, kind));
    return fields.some((field) => field.isChanged) ? rebuild(value, fields) : value;
  }

  #redactArray(values: readonly unknown[], kind: string | undefined): readonly unknown[] {
    const redacted = values.map((value) => this.redact(value, kind));
    return redacted.some((value, index) => value !== values[index]) ? redacted : values;
  }

  #redactSerialized(value: object, serialized: unknown, kind: string | undefined): unknown {
    const redacted = this.redact(serialized, kind);
    return redacted === serialized ? value : redacted;
  }

  #redactField(owner: object, key: string | symbol, kind: string | undefined): Field {
    const before: unknown = Reflect.get(owner, key);
    const value = this.redact(before, typeof key === 'string' ? (secretKindOf(key) ?? kind) : kind);
    const newKey = typeof key === 'string' ? this.#redactText(key) : key;
    const isEnumerable = Object.prototype.propertyIsEnumerable.call(owner, key);
    return { key: newKey, value, isEnumerable, isChanged: newKey !== key || value !== before };
  }
}

interface Field {
  readonly key: string | symbol;
  readonly value: unknown;
  readonly isEnumerable: boolean;
  readonly isChanged: boolean;
}

/** Two keys that became the same marker are told apart by a number. */
function rebuild(original: object, fields: readonly Field[]): object {
  const copy: object = {};
  Reflect.setPrototypeOf(copy, Reflect.getPrototypeOf(original));
  for (const { key, value, isEnumerable } of fields) {
    Object.defineProperty(copy, freeKey(copy, key), {
      value,
      enumerable: isEnumerable,
      writable: true,
      configurable: true,
    });
  }
  return copy;
}

function freeKey(owner: object, key: string | symbol): string | symbol {
  let free = key;
  for (let number = 2; Object.hasOwn(owner, free); number += 1) {
    free = `${String(key)} ${number}`;
  }
  return free;
}
