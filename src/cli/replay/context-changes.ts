import { isRecord } from '../../stores/shape.ts';

/** A fact of the machine's context that a step has changed. */
export interface ContextChange {
  /** `open.attempts`. */
  readonly path: string;
  /** As JSON; null: it was, or is, not there. */
  readonly before: string | null;
  readonly after: string | null;
}

/** What differs between the contexts of two persisted snapshots, given as JSON; leaf by leaf. */
export function contextChanges(before: string, after: string): ContextChange[] {
  return changesIn('', contextOf(before), contextOf(after));
}

function contextOf(body: string): unknown {
  const snapshot: unknown = JSON.parse(body);
  return isRecord(snapshot) ? snapshot['context'] : null;
}

function changesIn(path: string, before: unknown, after: unknown): ContextChange[] {
  if (isRecord(before) && isRecord(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names].flatMap((name) =>
      changesIn(path === '' ? name : `${path}.${name}`, before[name], after[name]),
    );
  }
  const [was, is] = [textOf(before), textOf(after)];
  return was === is ? [] : [{ path, before: was, after: is }];
}

function textOf(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
