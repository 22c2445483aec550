import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { FailedGate, FailedValidation } from '../domain/validation.ts';
import type { FailedValidations } from '../ports/failed-validations.ts';
import { replaceFile } from './durable-file.ts';
import { parseJson } from './parse-json.ts';
import { makePrivateDirectory } from './private-directory.ts';
import { removeFile } from './remove-file.ts';
import { hasShape, isCount, isString, listOf, orNull, type Shape } from './shape.ts';
import { readTextFile } from './text-file.ts';

/** A file per target that did not pass. What cannot be understood is as good as none: it only informs a prompt. */
export class FailedValidationFolder implements FailedValidations {
  readonly #directory: string;

  /** `gates/`, absolute; created with the first one. */
  constructor(directory: string) {
    this.#directory = directory;
  }

  of(target: string | null): FailedValidation | null {
    const found = parseJson(readTextFile(this.#path(target)) ?? '');
    return hasShape(found, FAILED) && found.target === target ? found : null;
  }

  keep(failed: FailedValidation): void {
    makePrivateDirectory(this.#directory);
    replaceFile(this.#path(failed.target), `${JSON.stringify(failed, null, 2)}\n`);
  }

  clear(target: string | null): void {
    removeFile(this.#path(target));
  }

  /** A target's name may hold anything; what it is, stands in the file. */
  #path(target: string | null): string {
    const name =
      target === null
        ? 'no-target'
        : createHash('sha256').update(target).digest('hex').slice(0, 24);
    return join(this.#directory, `${name}.json`);
  }
}

const GATE: Shape<FailedGate> = { name: isString, reason: isString, output: isString };

const FAILED: Shape<FailedValidation> = {
  target: orNull(isString),
  iteration: isCount,
  takenBackTo: orNull(isString),
  gates: listOf((gate) => hasShape(gate, GATE)),
};
