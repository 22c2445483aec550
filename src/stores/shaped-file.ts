import { parseJson } from './parse-json.ts';
import { hasShape, isNumber, isRecord, misfit, type Shape } from './shape.ts';
import { damagedFileError, newerFormatError } from './state-error.ts';
import { readTextFile } from './text-file.ts';

/**
 * A JSON file of format 1; null: there is none.
 * Throws AutoloopError 156 where it is damaged or newer, 155 where it cannot be read.
 */
export function readShapedFile<Value>(path: string, shape: Shape<Value>): Value | null {
  const text = readTextFile(path);
  if (text === null) {
    return null;
  }
  const value = parseJson(text);
  if (hasShape(value, shape)) {
    return value;
  }
  const format = isRecord(value) ? value['format'] : undefined;
  if (isNumber(format) && format > KNOWN_FORMAT) {
    throw newerFormatError({ path, field: 'format', found: format, known: KNOWN_FORMAT });
  }
  throw damagedFileError(path, damage(text, misfit(value, shape)));
}

/** What to tell the operator of a text that is not what it should be. */
export function damage(text: string, why: string | null): string {
  if (text.trim() === '') {
    return 'it is empty';
  }
  return parseJson(text) === undefined
    ? 'it is no JSON, or cut short'
    : (why ?? 'it makes no sense');
}

const KNOWN_FORMAT = 1;
