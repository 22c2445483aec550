import { LEAST_SECRET_LENGTH, type KnownSecret } from '../known-secrets.ts';
import { KINDS, knownKind, marker } from '../marker.ts';
import { LEAST_LITERAL_LENGTH, type Literal } from './literal-finder.ts';
import { isSecretWord } from '../value/secret-word.ts';
import { spellings } from './spellings.ts';

/**
 * Every spelling of every secret with its marker. Markers themselves are literals that stay as they
 * are, so that a value like `password` is not found inside one.
 */
export function knownLiterals(secrets: readonly KnownSecret[]): Literal[] {
  const replacements = new Map<string, string>();
  for (const secret of secrets) {
    if (!isUsable(secret)) {
      continue;
    }
    replacements.set(marker(knownKind(secret.name)), marker(knownKind(secret.name)));
    for (const spelling of spellings(secret.value)) {
      addIfNew(replacements, spelling, marker(knownKind(secret.name)));
    }
  }
  if (replacements.size > 0) {
    for (const kind of KINDS) {
      addIfNew(replacements, marker(kind), marker(kind));
    }
  }
  return [...replacements].map(([text, replacement]) => ({
    bytes: Buffer.from(text, 'latin1'),
    replacement,
  }));
}

/**
 * A value such as `password` is no secret, and to hide the word everywhere would hide from the
 * rules what stands behind it.
 */
function isUsable({ value }: KnownSecret): boolean {
  return (
    value.length >= LEAST_SECRET_LENGTH &&
    value.trim() !== '' &&
    !value.includes('[REDACTED:') &&
    !isSecretWord(value)
  );
}

function addIfNew(replacements: Map<string, string>, text: string, replacement: string): void {
  if (text.length >= LEAST_LITERAL_LENGTH && !replacements.has(text)) {
    replacements.set(text, replacement);
  }
}
