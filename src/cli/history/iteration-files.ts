import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AttemptClaim, AttemptResult } from '../../domain/attempt.ts';
import type { DataPaths } from '../../stores/data-paths.ts';
import { FileAttemptStore } from '../../stores/file-attempt-store.ts';
import { parseJson } from '../../stores/parse-json.ts';
import { readTextFile } from '../../stores/text-file.ts';

export interface AttemptFiles {
  readonly attempt: number;
  readonly claim: AttemptClaim | null;
  /** null: it lives, or its isolation layer died. */
  readonly result: AttemptResult | null;
}

/** What lies in `iterations/NNNNNN/` and beside it. */
export interface IterationFiles {
  readonly attempts: readonly AttemptFiles[];
  /** null: there is none. */
  readonly prompt: { readonly path: string; readonly text: string } | null;
  /** As the agent reported; null: it did not. */
  readonly report: unknown;
  /** `gates.json`; null: there is none. */
  readonly gates: string | null;
  /** Worker output; null: there is none. */
  readonly log: string | null;
  /** It lay here, and was removed with other old ones. */
  readonly isRemoved: boolean;
}

/** Throws AutoloopError 156 where a claim or a result is damaged, 155 where something cannot be read. */
export function iterationFiles(paths: DataPaths, iteration: number): IterationFiles {
  const store = new FileAttemptStore(paths.iterations);
  const log = store.logFile(iteration);
  const directory = log.slice(0, -'.log'.length);
  const promptPath = join(directory, 'prompt.md');
  const prompt = readTextFile(promptPath);
  return {
    attempts: attemptsIn(directory).map((attempt) => ({
      attempt,
      claim: store.readClaim({ iteration, attempt }),
      result: store.readResult({ iteration, attempt }),
    })),
    prompt: prompt === null ? null : { path: promptPath, text: prompt },
    report: parseJson(readTextFile(join(directory, 'report.json')) ?? '') ?? null,
    gates: readTextFile(join(directory, 'gates.json')),
    log: existsSync(log) ? log : null,
    isRemoved: iteration < oldestIn(paths.iterations),
  };
}

/** 0: there is none. */
function oldestIn(iterations: string): number {
  const names = existsSync(iterations) ? readdirSync(iterations) : [];
  const numbers = names.map((name) => Number.parseInt(name, 10)).filter(Number.isInteger);
  return numbers.length === 0 ? 0 : Math.min(...numbers);
}

function attemptsIn(directory: string): number[] {
  const names = existsSync(directory) ? readdirSync(directory) : [];
  return names
    .flatMap((name) => /^attempt-(\d+)$/.exec(name)?.[1] ?? [])
    .map(Number)
    .toSorted((left, right) => left - right);
}
