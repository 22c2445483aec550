import type { LoopWorld } from '../loop-world.ts';

/** More are not kept; then it is not known which. */
const MOST_PATHS = 5_000;
const MOST_LISTED = 20;

/** `iterations/NNNNNN/changes.json`: all paths that an iteration has changed. */
export function writeChanges(world: LoopWorld, iteration: number, paths: readonly string[]): void {
  if (paths.length <= MOST_PATHS) {
    const text = `${JSON.stringify(paths, null, 2)}\n`;
    world.attempts.keep(iteration, { name: 'changes.json', text });
  }
}

/** null: not known. */
export function readChanges({ attempts }: LoopWorld, iteration: number): readonly string[] | null {
  try {
    const found: unknown = JSON.parse(attempts.kept(iteration, 'changes.json') ?? 'null');
    return isListOfPaths(found) ? found : null;
  } catch {
    return null;
  }
}

/** What a report and an event tell of them. */
export function listed(paths: readonly string[]): readonly string[] {
  const more = paths.length - MOST_LISTED;
  return more > 0 ? [...paths.slice(0, MOST_LISTED), `and ${more} more`] : paths;
}

function isListOfPaths(found: unknown): found is readonly string[] {
  return Array.isArray(found) && found.every((path) => typeof path === 'string');
}
