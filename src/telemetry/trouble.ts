import { AutoloopError } from '../domain/error.ts';

/** An AutoloopError as a value: a bundle of its own has a class of its own for it, which the runner does not know. */
export interface Trouble {
  readonly code: number;
  readonly message: string;
  readonly fix: string;
}

export function troubleOf(check: () => unknown): Trouble | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof AutoloopError) {
      return { code: error.code, message: error.message, fix: error.fix ?? '' };
    }
    throw error;
  }
}
