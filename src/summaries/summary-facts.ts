import type { Environment } from '../domain/environment.ts';
import type { EventDraft } from '../domain/event.ts';
import type { Settings } from '../domain/settings.ts';
import type { Summary } from '../domain/summary/summary.ts';
import type { Redactor } from '../redaction/redactor.ts';

/** What of a runner is needed to have its summary put into words. */
export interface SummaryFacts {
  readonly plan: {
    readonly settings: Pick<Settings, 'summaryModel'>;
    readonly environment: Environment;
    readonly redactor: Pick<Redactor, 'redact'>;
  };
  /** null: nothing has been counted. */
  readonly summary: () => Summary | null;
  /** Throws where nothing can be recorded any more, as the next two do. */
  readonly record: (draft: EventDraft) => void;
  readonly warn: (code: string, message: string) => void;
  /** Replaces `summary.txt` until the next iteration ends. */
  readonly writeSummaryText: (text: string) => void;
  readonly log: {
    info(facts: object, message: string): void;
    warn(facts: object, message: string): void;
  };
}
