import { fromByteString, toByteString } from './byte-string.ts';
import { knownLiterals } from './known/known-literals.ts';
import { KnownValueStream } from './known/known-value-stream.ts';
import { LiteralFinder } from './known/literal-finder.ts';
import type { KnownSecret } from './known-secrets.ts';
import { PatternStream } from './pattern/pattern-stream.ts';
import { redactValue } from './redact-value.ts';
import { remembered } from './remembered.ts';

/** Hides secrets; what it gives out it leaves alone when it sees it again. */
export interface Redactor {
  /** A whole text. */
  readonly redact: (text: string) => string;
  /**
   * A JSON-like value, strings and keys at every depth; the same object when it holds no secret.
   */
  readonly redactValue: <T>(value: T) => T;
  /** A stream of its own: one for each source of bytes. */
  readonly stream: () => RedactionStream;
}

/** Bytes in, bytes out; secrets are found wherever the bytes were cut. */
export interface RedactionStream {
  /**
   * What can be given out by now; may share memory with `chunk`. Of an unfinished line some 8 KB at
   * most are held back.
   */
  write(chunk: Uint8Array): Uint8Array;
  /** What was held back. Nothing may be written afterwards. */
  end(): Uint8Array;
}

/** A redactor for known values and for everything that looks like a secret. */
export function createRedactor(secrets: readonly KnownSecret[] = []): Redactor {
  const finder = new LiteralFinder(knownLiterals(secrets));
  const redact = (text: string): string => redactText(text, new TwoStageStream(finder));
  const remember = remembered(redact);
  return {
    redact,
    redactValue: (value) => redactValue(value, remember),
    stream: () => new TwoStageStream(finder),
  };
}

/** Known values first: a pattern that ends in the middle of one would let its other half pass. */
class TwoStageStream implements RedactionStream {
  readonly #known: KnownValueStream;
  readonly #patterns = new PatternStream();

  constructor(finder: LiteralFinder) {
    this.#known = new KnownValueStream(finder);
  }

  write(chunk: Uint8Array): Uint8Array {
    return this.#patterns.push(this.#known.push(chunk, false), false);
  }

  end(): Uint8Array {
    return this.finish(new Uint8Array(0));
  }

  /** The last piece and the end in one. */
  finish(chunk: Uint8Array): Uint8Array {
    return this.#patterns.push(this.#known.push(chunk, true), true);
  }
}

function redactText(text: string, stream: TwoStageStream): string {
  const bytes = toByteString(text);
  const redacted = Buffer.from(stream.finish(Buffer.from(bytes, 'latin1'))).toString('latin1');
  return redacted === bytes ? text : fromByteString(redacted);
}
