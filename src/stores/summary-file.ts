import type { SummaryStore } from '../ports/summary-store.ts';
import { KeptFile } from './kept-file.ts';
import { parseJson } from './parse-json.ts';
import type { Redacting } from './redacting.ts';
import { readTextFile } from './text-file.ts';
import { isRecord } from './shape.ts';
import { damage } from './shaped-file.ts';
import { damagedFileError } from './state-error.ts';

export interface SummaryFiles {
  /** `summary.json`, absolute. */
  readonly jsonPath: string;
  /** `summary.txt`, absolute. */
  readonly textPath: string;
  readonly redactor: Redacting;
}

/** `summary.json`, the metrics, and `summary.txt`, what the next prompt gets. One writer: the runner that holds the lock. */
export class FileSummaryStore implements SummaryStore {
  readonly #json: KeptFile;
  readonly #text: KeptFile;
  readonly #redactor: Redacting;

  constructor({ jsonPath, textPath, redactor }: SummaryFiles) {
    this.#json = new KeptFile(jsonPath);
    this.#text = new KeptFile(textPath);
    this.#redactor = redactor;
  }

  get files(): readonly KeptFile[] {
    return [this.#json, this.#text];
  }

  readMetrics(): unknown {
    return parseJson(this.#json.read() ?? '') ?? null;
  }

  /** On disk when it returns. Throws AutoloopError (153, 155), the old file untouched. */
  writeMetrics(metrics: object): void {
    this.#json.write(`${JSON.stringify(this.#redactor.redactValue(metrics), null, 2)}\n`);
  }

  readText(): string {
    return this.#text.read() ?? '';
  }

  /** As `writeMetrics`. */
  writeText(text: string): void {
    this.#text.write(this.#redactor.redactValue(text));
  }
}

/** Throws AutoloopError 156 where it is there and no JSON object: the next iteration would begin its figures anew. */
export function checkSummaryFile(path: string): void {
  const text = readTextFile(path);
  if (text !== null && !isRecord(parseJson(text))) {
    throw damagedFileError(path, damage(text, 'it is no JSON object'));
  }
}
