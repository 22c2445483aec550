/** What is known of where an iteration's work went. */
export interface WorkPlace {
  /** What it was to work on; null: nothing in particular. */
  readonly target: string | null;
  /** What its report says it worked on; null: it does not say. */
  readonly reportedTarget: string | null;
  /** What it changed, as paths; null: not known. */
  readonly changedPaths?: readonly string[] | null;
  /** Folders and files that belong to the target; null: not known. */
  readonly ownPaths?: readonly string[] | null;
}

/** Whether the work left its target: it reports another one, or changed what is not the target's. null: it cannot be told. */
export function hasDrifted(work: WorkPlace): boolean | null {
  const { target, reportedTarget, changedPaths = null, ownPaths = null } = work;
  if (target === null) {
    return null;
  }
  if (reportedTarget !== null && !isSameTarget(target, reportedTarget)) {
    return true;
  }
  if (changedPaths !== null && ownPaths !== null) {
    return changedPaths.some((path) => !ownPaths.some((own) => isWithin(path, own)));
  }
  return reportedTarget === null ? null : false;
}

/** Iterations that the coefficient looks back on. */
const WINDOW = 20;

/** The last iterations of which it is known, with one more; the newest last. */
export function rememberDrift(
  known: readonly boolean[],
  drifted: boolean | null,
): readonly boolean[] {
  return drifted === null ? known : [...known, drifted].slice(-WINDOW);
}

/** Share of them whose work left its target; null: of none it is known. */
export function driftCoefficient(known: readonly boolean[]): number | null {
  return known.length === 0 ? null : known.filter((drifted) => drifted).length / known.length;
}

/** An agent may name `api` what the task calls `services/api`, or quote it. */
function isSameTarget(target: string, reported: string): boolean {
  const [one, other] = [folded(target), folded(reported)];
  return one === other || one.endsWith(`/${other}`) || other.endsWith(`/${one}`);
}

function folded(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/^[`'"]+|[`'"]+$/g, '')
    .replaceAll(/\s+/g, ' ')
    .replace(/^\.\//, '')
    .replace(/\/+$/, '');
}

function isWithin(path: string, own: string): boolean {
  const [inner, outer] = [plainPath(path), plainPath(own)];
  return outer === ''
    ? !/^\.\.(?:\/|$)/.test(inner)
    : inner === outer || inner.startsWith(`${outer}/`);
}

/** Without `.` and with `..` resolved; what would leave the top stays `..`, and is in nothing. */
function plainPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') {
      parts.pop();
    } else if (part !== '' && part !== '.') {
      parts.push(part);
    }
  }
  return parts.join('/');
}
