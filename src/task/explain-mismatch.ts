import { describeValue } from './describe-value.ts';

export interface Mismatch {
  /** What a hook must return, in words. */
  readonly expected: string;
  readonly returned: unknown;
  readonly issues: readonly MismatchIssue[];
}

/** What zod tells of one thing that is wrong. */
export interface MismatchIssue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly keys?: readonly string[];
}

/** `must return a string, but returned nothing (undefined)`. */
export function explainMismatch(mismatch: Mismatch): string {
  const { expected, returned, issues } = mismatch;
  return `must return ${expected}, but ${whatIsWrong(returned, issues[0])}`;
}

function whatIsWrong(returned: unknown, issue: MismatchIssue | undefined): string {
  const path = issue?.path ?? [];
  if (issue?.code === 'unrecognized_keys') {
    return `returned the unknown key ${issue.keys?.join(', ') ?? ''}${path.length === 0 ? '' : ` in ${path.join('.')}`}`;
  }
  return path.length === 0
    ? `returned ${describeValue(returned)}`
    : `its ${path.join('.')} is ${describeUsable(valueAt(returned, path))}`;
}

/** A string that did not pass is of the right kind, yet cannot be used as it is. */
function describeUsable(value: unknown): string {
  return typeof value === 'string' && value !== ''
    ? 'a string that cannot be used there'
    : describeValue(value);
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined,
    value,
  );
}
