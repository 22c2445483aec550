/** What one agent CLI needs to be recorded; `test/corpus/<agent>/recorder.ts` exports it as `recorder`. */
export interface Recorder {
  /** Of the CLI that is recorded. Throws, with the command that installs it, where it is not there. */
  version(): Promise<string>;
  readonly recordings: readonly Recording[];
}

/** One run of a real agent CLI whose output is kept. */
export interface Recording {
  /** Name of its file, without `.ndjson`; kebab-case. */
  readonly name: string;
  /** Plays it against a mock on loopback, in a home of its own. */
  run(): Promise<RecordedRun>;
}

/** How a run ended and all that it printed, as it would be on any machine: home `/home/dev`, project `/home/dev/project`, mock on port 8080. */
export interface RecordedRun {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Where it was another version than the recorder's. */
  readonly cliVersion?: string;
}
