import { LOOP_MACHINE_VERSION, loopMachine } from '../../../machines/loop.machine.ts';
import { AutoloopError, EXIT, describeError } from '../../domain/error.ts';
import type { EventDraft } from '../../domain/event.ts';
import { VERSION } from '../../domain/version.ts';
import type { Journal } from '../../ports/journal.ts';
import { RunJournal } from '../../stores/journal/run-journal.ts';
import type { SessionParts } from '../session-parts.ts';
import { JournalKeeper } from './journal-keeper.ts';

export interface JournalFacts {
  readonly parts: SessionParts;
  readonly runId: string;
  readonly definitionHash: string;
  /** Recorded after what is just being recorded. */
  readonly warn: (event: EventDraft) => void;
}

/** The journal of the run that this runner begins or goes on with. What keeps it from being kept is told once. */
export function keepJournal({ parts, runId, definitionHash, warn }: JournalFacts): JournalKeeper {
  const { files, plan, state } = parts;
  let isTold = false;
  const failed = (error: unknown): void => {
    const { message } = describeError(error);
    // That the disk is full is told, and acted on, where it matters.
    const isKnown = error instanceof AutoloopError && error.code === EXIT.resourceExhausted;
    if (!isTold && !isKnown) {
      isTold = true;
      files.log.warn({ error: message }, 'the journal cannot be kept');
      const details = { code: 'journal_failed', message };
      warn({ type: 'warning', iteration: null, duration: null, exitCode: null, details });
    }
  };
  return new JournalKeeper({
    ...{ failed, kind: state.restored.kind, now: () => files.clock.now() },
    journal: openJournal(parts, runId, failed),
    definition: {
      ...{ run_id: runId, autoloop: VERSION, definitionHash },
      ...{ machine: loopMachine.id, version: LOOP_MACHINE_VERSION },
    },
    redactValue: (value) => plan.redactor.redactValue(value),
  });
}

/** A folder that cannot be looked at holds no journal. */
function openJournal(
  { files, plan: { settings } }: SessionParts,
  runId: string,
  failed: (error: unknown) => void,
): Journal {
  const place = {
    directory: files.paths.journal,
    runId,
    maxBytes: settings.eventsMaxMb * 1_000_000,
  };
  try {
    return new RunJournal(place);
  } catch (error) {
    failed(error);
    return NO_JOURNAL;
  }
}

const NO_JOURNAL: Journal = { lastStep: 0, begin: () => {}, append: () => {} };
