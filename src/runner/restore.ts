import type { Snapshot } from 'xstate';
import { EMPTY_ITERATION } from '../../machines/loop/changes.ts';
import { initialContext, type LoopContext, type LoopInput } from '../../machines/loop/context.ts';
import { DEFAULT_POLICY } from '../../machines/loop/default-policy.ts';
import { LOOP_MACHINE_VERSION, loopMachine } from '../../machines/loop.machine.ts';
import { AutoloopError, EXIT } from '../domain/error.ts';
import type { SnapshotEnvelope } from '../ports/snapshot-store.ts';
import { dottedState } from './dotted-state.ts';
import { loopDefinitionHash } from './loop-definition-hash.ts';
import { parseLoopContext } from './parse-loop-context.ts';
import { findSnapshotFault, type PersistedSnapshot } from './snapshot-fault.ts';

export type Restored =
  /** There is no run to go on with. */
  | { readonly kind: 'new'; readonly lastIteration: number }
  /** The snapshot goes on as it is. */
  | {
      readonly kind: 'resumed';
      readonly context: LoopContext;
      readonly from: string;
      readonly snapshot: Snapshot<unknown>;
    }
  /** Another definition of the machine wrote it: the cursor is rebuilt from its context. */
  | { readonly kind: 'rebuilt'; readonly context: LoopContext; readonly from: string };

/** What a snapshot on disk means for the start at hand. Throws AutoloopError 156; writes nothing. */
export function restore(envelope: SnapshotEnvelope | null, path: string): Restored {
  if (!envelope) {
    return { kind: 'new', lastIteration: 0 };
  }
  if (envelope.machine !== loopMachine.id) {
    throw unusable(path, `it belongs to a machine named "${envelope.machine}"`);
  }
  const snapshot = parseSnapshot(envelope.snapshot, path);
  const context = wholeContext(parseContext(snapshot, path));
  const from = dottedState(snapshot.value);
  if (snapshot.status === 'done' || from === 'idle') {
    return { kind: 'new', lastIteration: context.iteration };
  }
  if (!isSameDefinition(envelope)) {
    return { kind: 'rebuilt', context, from };
  }
  const fault = findSnapshotFault(loopMachine, snapshot);
  if (fault) {
    throw unusable(path, fault);
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- XState's type for it is opaque; it has been judged
  return { kind: 'resumed', context, from, snapshot: snapshot as unknown as Snapshot<unknown> };
}

/** What an earlier version did not know yet has the value it has at the start. */
function wholeContext(parsed: Partial<LoopContext>): LoopContext {
  const context = { ...initialContext(emptyInput()), ...parsed };
  const { open, totals, wait, ending } = context;
  return {
    ...context,
    open: open && { ...EMPTY_ITERATION, ...open },
    totals: { ...initialContext(emptyInput()).totals, ...totals },
    wait: wait && { ...{ sinceEpochMs: wait.untilEpochMs, reason: null }, ...wait },
    ending: ending && { ...{ message: null, fix: null }, ...ending },
  };
}

function parseSnapshot(value: unknown, path: string): PersistedSnapshot {
  if (!isRecord(value) || typeof value['status'] !== 'string') {
    throw unusable(path, 'it holds no snapshot of a machine');
  }
  const { status, children, context } = value;
  if (status !== 'active' && status !== 'done') {
    throw unusable(path, `its machine is "${status}", neither active nor done`);
  }
  return { ...value, status, value: value['value'], context, children: asRecord(children) };
}

function parseContext(snapshot: PersistedSnapshot, path: string): Partial<LoopContext> {
  const parsed = parseLoopContext(snapshot.context);
  if ('fault' in parsed) {
    throw unusable(path, parsed.fault);
  }
  return parsed.context;
}

function isSameDefinition(envelope: SnapshotEnvelope): boolean {
  return (
    envelope.version === LOOP_MACHINE_VERSION && envelope.definitionHash === loopDefinitionHash()
  );
}

function emptyInput(): LoopInput {
  return { runId: '', lastIteration: 0, policy: DEFAULT_POLICY };
}

function unusable(path: string, fault: string): AutoloopError {
  return new AutoloopError({
    code: EXIT.state,
    message: `The saved state cannot be gone on with: ${path}: ${fault}. Nothing was changed.`,
    fix: `Put the former generation in its place (mv snapshot.prev.json snapshot.json), or move ${path} away to begin a new run.`,
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}
