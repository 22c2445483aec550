import { AutoloopError } from '../../domain/error.ts';
import type { DataPaths } from '../../stores/data-paths.ts';
import { iterationFiles, type IterationFiles } from './iteration-files.ts';

/** Who worked in an iteration, as its claims say; what cannot be read tells nobody. */
export function agentsOf(paths: DataPaths, iteration: number): string[] {
  const files = filesOrNone(paths, iteration);
  return files === null ? [] : agentsIn(files);
}

export function agentsIn({ attempts }: IterationFiles): string[] {
  return attempts.flatMap(({ claim }) => (claim === null ? [] : [claim.agent]));
}

/** What its last worker said last; '': not ended, or not to be read. */
export function lastWordsIn(paths: DataPaths, iteration: number): string {
  return filesOrNone(paths, iteration)?.attempts.at(-1)?.result?.finalMessage ?? '';
}

function filesOrNone(paths: DataPaths, iteration: number): IterationFiles | null {
  try {
    return iterationFiles(paths, iteration);
  } catch (error) {
    if (error instanceof AutoloopError) {
      return null;
    }
    throw error;
  }
}
