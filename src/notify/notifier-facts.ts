import type { Environment } from '../domain/environment.ts';
import type { LoopStatus } from '../domain/loop-status.ts';
import type { Settings } from '../domain/settings.ts';
import type { Redactor } from '../redaction/redactor.ts';

/** What of a runner is needed to tell of its loop. */
export interface NotifierFacts {
  readonly plan: NotifierPlan;
  readonly status: () => LoopStatus;
  /** Recorded as a `warning`. Throws where nothing can be recorded any more. */
  readonly warn: (code: string, message: string) => void;
}

export interface NotifierPlan {
  readonly loop: string;
  readonly task: { readonly name: string };
  readonly settings: Pick<Settings, 'notify' | 'notifyOn' | 'agent'>;
  readonly environment: Environment;
  readonly redactor: Pick<Redactor, 'redact' | 'redactValue'>;
  /** Absolute; commands run in it. */
  readonly workspace: string;
  /** What programs of the operator's see: his environment without secrets and settings. */
  readonly bareEnvironment: () => Readonly<Record<string, string>>;
  /** Absolute path of an executable; null: there is none. */
  readonly resolveProgram: (file: string, environment: Environment) => string | null;
}
