import type { SnapshotEnvelope } from '../ports/snapshot-store.ts';
import { parseJson } from './parse-json.ts';
import { isRecordedEvent } from './recorded-event.ts';
import { damage } from './shaped-file.ts';
import {
  hasShape,
  isCount,
  isNumber,
  isRecord,
  isString,
  listOf,
  misfit,
  type Shape,
} from './shape.ts';
import { newerFormatError } from './state-error.ts';
import { readTextFile } from './text-file.ts';

export type SnapshotGeneration =
  | { readonly envelope: SnapshotEnvelope }
  | { readonly envelope: null; readonly isMissing: boolean; readonly why: string };

/** Throws AutoloopError 156 where a newer autoloop wrote it, 155 where it cannot be read. */
export function readGeneration(path: string, machineVersion: number): SnapshotGeneration {
  const text = readTextFile(path);
  if (text === null) {
    return { envelope: null, isMissing: true, why: 'it is missing' };
  }
  const value = parseJson(text);
  refuseNewer(path, { value, field: 'format', known: 1 });
  refuseNewer(path, { value, field: 'version', known: machineVersion });
  return hasShape(value, ENVELOPE)
    ? { envelope: value }
    : { envelope: null, isMissing: false, why: damage(text, misfit(value, ENVELOPE)) };
}

/** Even where the rest of it cannot be understood: that is what newer ones look like. */
function refuseNewer(
  path: string,
  { value, field, known }: { value: unknown; field: string; known: number },
): void {
  const found = isRecord(value) ? value[field] : undefined;
  if (isNumber(found) && found > known) {
    throw newerFormatError({ path, field, found, known });
  }
}

const ENVELOPE: Shape<SnapshotEnvelope> = {
  format: (value) => value === 1,
  machine: isString,
  version: isCount,
  definitionHash: isString,
  savedAt: isString,
  snapshot: isRecord,
  seq: isCount,
  outbox: listOf(isRecordedEvent),
  asked: (value) =>
    value === undefined || (isRecord(value) && Object.values(value).every(isString)),
};
