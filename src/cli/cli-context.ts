import type { Environment } from '../domain/environment.ts';

/** What every command gets. */
export interface CliContext {
  readonly globals: GlobalOptions;
  readonly environment: Environment;
  readonly cwd: string;
  readonly terminal: Terminal;
}

/** Options that every command takes, before or after its name. null: not given. */
export interface GlobalOptions {
  readonly task: string | null;
  readonly prompt: string | null;
  readonly name: string | null;
  readonly root: string | null;
  readonly data: string | null;
  readonly workspace: string | null;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** Where a command speaks to its user. Everything that passes is redacted. */
export interface Terminal {
  /** Results, on stdout; adds no newline. */
  write(text: string): void;
  /** Notices and errors, on stderr, with a newline. */
  notice(line: string): void;
  /** What this process does from here on does not end because nobody reads it any more (`| head`). */
  outlive(): void;
  readonly isInteractive: boolean;
  readonly hasColor: boolean;
  readonly columns: number;
}

/** Options of a command as commander parsed them: a string, a list, or true. */
export type CommandOptions = Readonly<
  Record<string, string | readonly string[] | boolean | undefined>
>;

/** What `src/cli/commands/<name>.ts` exports as `run`; resolves with the exit code. Throws AutoloopError for the operator. */
export type RunCommand = (
  context: CliContext,
  options: CommandOptions,
  args: readonly string[],
) => Promise<number>;
