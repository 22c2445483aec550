import type { FailedValidation } from '../domain/validation.ts';

/** What the last work on each target did not pass, until work on it passes. */
export interface FailedValidations {
  /** null: it passed, or there was none. */
  of(target: string | null): FailedValidation | null;
  /** Safe to be called twice. Throws AutoloopError (153, 155). */
  keep(failed: FailedValidation): void;
  clear(target: string | null): void;
}
