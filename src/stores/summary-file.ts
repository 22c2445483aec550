import type { SummaryStore } from '../ports/summary-store.ts';
import { replaceFile } from './durable-file.ts';
import { parseJson } from './parse-json.ts';
import type { Redacting } from './redacting.ts';
import { isRecord } from './shape.ts';
import { damage } from './shaped-file.ts';
import { damagedFileError } from './state-error.ts';
import { readTextFile } from './text-file.ts';

export interface SummaryFiles {
  /** `summary.json`, absolute. */
  readonly jsonPath: string;
  /** `summary.txt`, absolute. */
  readonly textPath: string;
  readonly redactor: Redacting;
}

/** `summary.json`, the metrics, and `summary.txt`, what the next prompt gets. One writer: the runner that holds the lock. */
export class FileSummaryStore implements SummaryStore {
  readonly #files: SummaryFiles;

  constructor(files: SummaryFiles) {
    this.#files = files;
  }

  readMetrics(): unknown {
    return parseJson(readTextFile(this.#files.jsonPath) ?? '') ?? null;
  }

  /** On disk when it returns. Throws AutoloopError (153, 155), the old file untouched. */
  writeMetrics(metrics: object): void {
    const { jsonPath, redactor } = this.#files;
    replaceFile(jsonPath, `${JSON.stringify(redactor.redactValue(metrics), null, 2)}\n`);
  }

  readText(): string {
    return readTextFile(this.#files.textPath) ?? '';
  }

  /** As `writeMetrics`. */
  writeText(text: string): void {
    const { textPath, redactor } = this.#files;
    replaceFile(textPath, redactor.redactValue(text));
  }
}

/** Throws AutoloopError 156 where it is there and no JSON object: the next iteration would begin its figures anew. */
export function checkSummaryFile(path: string): void {
  const text = readTextFile(path);
  if (text !== null && !isRecord(parseJson(text))) {
    throw damagedFileError(path, damage(text, 'it is no JSON object'));
  }
}
