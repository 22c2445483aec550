import { basename, dirname, join } from 'node:path';
import {
  bytesOf,
  type Removal,
  type RemovalReason,
  type RetentionRules,
} from '../../domain/retention.ts';
import type { DataPaths } from '../data-paths.ts';
import { journalParts } from '../journal/journal-parts.ts';
import { folderBytes, pathBytes } from '../folder-bytes.ts';
import { generationsOf } from '../rotate-file.ts';
import { storageError } from '../storage-error.ts';
import { ALWAYS_KEPT, isOlder, keptIterations } from './kept-iterations.ts';

export type RetentionPaths = Pick<
  DataPaths,
  'directory' | 'iterations' | 'events' | 'log' | 'journal'
>;

export interface Retention {
  readonly rules: RetentionRules;
  /** Epoch ms. */
  readonly now: number;
}

/**
 * What the rules leave no room for: first what is one too many or too old, then, where the folder still takes too much,
 * the oldest iterations, parts of journals and generations, and no more of them than it has to be. Touches nothing.
 * Throws AutoloopError 155.
 */
export function planRemovals(paths: RetentionPaths, retention: Retention): Removal[] {
  try {
    const found = [
      ...iterationsIn(paths, retention),
      ...journalsIn(paths, retention),
      ...generationsIn(paths, retention),
    ];
    const due = found.filter(isDue).map((old) => measured(paths.directory, old));
    const left = found.filter((old) => !isDue(old));
    return [...due, ...aboveCeiling(paths, retention, { due, left })];
  } catch (error) {
    throw storageError(error, { verb: 'look for what is old in', path: paths.directory });
  }
}

interface Old extends Pick<Removal, 'iteration' | 'paths'> {
  /** null: only its size speaks against it. */
  readonly why: RemovalReason | null;
}

type Reasoned = Old & { readonly why: RemovalReason };

function isDue(old: Old): old is Reasoned {
  return old.why !== null;
}

/** Oldest first, but for the last ones. */
function iterationsIn({ iterations }: RetentionPaths, { rules, now }: Retention): Old[] {
  const { keepIterations: keep, keepDays } = rules;
  const old = keptIterations(iterations).map(({ number, names }, index): Old => {
    const isBeyond = keep > 0 && index >= keep;
    const isAged = keepDays > 0 && isOlder(iterations, names, now - keepDays * DAY_MS);
    return {
      iteration: number,
      paths: names.map((name) => join(basename(iterations), name)),
      why: (isBeyond && 'count') || (isAged && 'age') || null,
    };
  });
  return old.slice(ALWAYS_KEPT).toReversed();
}

/** Oldest first; of the same age the log's before those of the events, which figures are made of. */
function generationsIn({ log, events }: RetentionPaths, { rules, now }: Retention): Old[] {
  const found = [log, events].flatMap((path) =>
    generationsOf(path).map((generation) => ({ path, generation })),
  );
  return found
    .toSorted((left, right) => right.generation - left.generation)
    .map(({ path, generation }) => {
      const name = `${basename(path)}.${generation}`;
      const { rotateKeep, rotateDays } = rules;
      const isAged = rotateDays > 0 && isOlder(dirname(path), [name], now - rotateDays * DAY_MS);
      const why = (generation > rotateKeep && 'count') || (isAged && 'age') || null;
      return { iteration: null, paths: [name], why };
    });
}

/** Parts of journals, oldest first, but for the last one, which may be written to. */
function journalsIn({ journal }: RetentionPaths, { rules, now }: Retention): Old[] {
  const { rotateDays } = rules;
  return journalParts(journal)
    .slice(0, -1)
    .map(({ path }) => {
      const name = basename(path);
      const isAged = rotateDays > 0 && isOlder(journal, [name], now - rotateDays * DAY_MS);
      return {
        iteration: null,
        paths: [join(basename(journal), name)],
        why: isAged ? 'age' : null,
      };
    });
}

const DAY_MS = 86_400_000;

interface Found {
  readonly due: readonly Removal[];
  readonly left: readonly Old[];
}

/** What goes on top of what is due, because the folder takes too much. */
function aboveCeiling(
  { directory }: RetentionPaths,
  { rules: { maxDataMb } }: Retention,
  { due, left }: Found,
): Removal[] {
  const removals: Removal[] = [];
  let bytes = maxDataMb === 0 ? 0 : folderBytes(directory) - bytesOf(due);
  for (const old of left) {
    if (bytes <= maxDataMb * 1_000_000) {
      break;
    }
    const removal = measured(directory, { ...old, why: 'size' });
    removals.push(removal);
    bytes -= removal.bytes;
  }
  return removals;
}

function measured(directory: string, { iteration, paths, why }: Reasoned): Removal {
  const bytes = paths.reduce((sum, path) => sum + pathBytes(join(directory, path)), 0);
  return { iteration, paths, bytes, why };
}
