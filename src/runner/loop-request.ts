import type { Environment } from '../domain/environment.ts';

/** What the operator asked for, as written. */
export interface LoopRequest {
  readonly task: string | null;
  readonly prompt: string | null;
  readonly name: string | null;
  readonly root: string | null;
  readonly data: string | null;
  readonly workspace: string | null;
  /** Settings given as flags: the flag's name in camelCase → its text (`maxTurns` → `"20"`). */
  readonly flags: Readonly<Record<string, string | undefined>>;
  readonly environment: Environment;
  readonly cwd: string;
}
