import { AutoloopError, EXIT, describeError } from '../../domain/error.ts';
import type { MachineEvent } from '../../domain/inspection.ts';
import type { JournalEntry, JournalStart, JournalStep } from '../../domain/journal.ts';
import { loopMachine } from '../../../machines/loop.machine.ts';
import { isRecord } from '../../stores/shape.ts';
import { toldEvent } from '../journal/kept-event.ts';
import { snapshotHash } from '../journal/snapshot-hash.ts';
import { findSnapshotFault, type PersistedSnapshot } from '../snapshot-fault.ts';
import { ReplayedMachine } from './replayed-machine.ts';

/** Where the machine has come to. */
interface Come {
  /** Dotted. */
  readonly state: string;
  /** As in the journal. */
  readonly hash: string;
  /** Its snapshot as JSON. */
  readonly body: string;
}

export interface ReplayedStart extends Come {
  readonly kind: 'start';
  readonly start: JournalStart;
  /** How many steps before it have not been taken: they were written down, and then the runner died. */
  readonly undone: number;
  /** false: no step before it leads there. */
  readonly isSame: boolean;
}

export interface ReplayedStep extends Come {
  readonly kind: 'step';
  readonly n: number;
  /** Epoch ms. */
  readonly at: number;
  readonly event: MachineEvent;
  readonly from: string;
  /** Ids of the transitions that it took. */
  readonly taken: readonly string[];
  /** What the journal says that it leads to. */
  readonly told: Pick<JournalStep, 'state' | 'hash'>;
  /** Whether that is what it leads to. */
  readonly isSame: boolean;
}

export type Replayed = ReplayedStart | ReplayedStep;

export interface ReplayFacts {
  /** As the runner hides what looks like a secret; those that only its environment knew the journal hides already. */
  readonly redactValue: <T>(value: T) => T;
}

/**
 * Plays a run again, through the pure transition function of the machine: nothing is started, nothing is written. Ends
 * with the first step that leads elsewhere than the journal says. Throws AutoloopError 156 where it begins with what no
 * machine can begin with, or tells it what it cannot take.
 */
export function* replayJournal(
  entries: Iterable<JournalEntry>,
  { redactValue }: ReplayFacts,
): Generator<Replayed> {
  let machine: ReplayedMachine | null = null;
  /** What each step has led to, the place where the first begins included. */
  const passed: string[] = [];
  for (const entry of entries) {
    const replayed: Replayed | null =
      'start' in entry
        ? begin((machine = machineAt(entry)), entry)
        : machine && step(machine, entry);
    if (replayed !== null) {
      passed.push(replayed.hash);
      yield replayed;
    }
    if (replayed?.isSame === false) {
      return;
    }
  }

  function begin(anew: ReplayedMachine, start: JournalStart): ReplayedStart {
    const here = comeTo(anew);
    const place = passed.lastIndexOf(here.hash);
    // What another definition makes of a state, and what follows on lost steps, no step leads to.
    const isAnew = passed.length === 0 || start.start === 'rebuilt' || start.start === 'gap';
    const undone = place === -1 ? 0 : passed.length - 1 - place;
    return { kind: 'start', start, ...here, undone, isSame: isAnew || place !== -1 };
  }

  function step(played: ReplayedMachine, { n, at, event, state, hash }: JournalStep): ReplayedStep {
    const from = played.state;
    const taken = takenBy(played, { n, event });
    const here = comeTo(played);
    const told = { state, hash };
    return { kind: 'step', n, at, event, from, taken, told, ...here, isSame: here.hash === hash };
  }

  function comeTo(played: ReplayedMachine): Come {
    const body = JSON.stringify(redactValue(played.persisted()));
    return { state: played.state, hash: snapshotHash(body), body };
  }
}

function machineAt({ snapshot, n }: JournalStart): ReplayedMachine {
  if (!isPersisted(snapshot)) {
    throw unplayable(`from where it begins after step ${n}`, 'it holds no snapshot of a machine');
  }
  const fault = findSnapshotFault(loopMachine, snapshot);
  if (fault !== null) {
    throw unplayable(`from where it begins after step ${n}`, fault);
  }
  return new ReplayedMachine(snapshot);
}

/** An event without what the machine reads of it is another version's, or was changed. */
function takenBy(
  played: ReplayedMachine,
  { n, event }: Pick<JournalStep, 'n' | 'event'>,
): readonly string[] {
  try {
    return played.take(toldEvent(event));
  } catch (error) {
    throw unplayable(`beyond step ${n - 1}`, describeError(error).message);
  }
}

function unplayable(where: string, fault: string): AutoloopError {
  return new AutoloopError({
    code: EXIT.state,
    message: `The journal cannot be replayed ${where}: ${fault.replace(/\.$/, '')}.`,
    fix: 'Replay it with the version of autoloop that wrote it, which its first line names.',
  });
}

function isPersisted(snapshot: unknown): snapshot is PersistedSnapshot {
  return (
    isRecord(snapshot) &&
    'value' in snapshot &&
    'context' in snapshot &&
    isRecord(snapshot['children'])
  );
}
