import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentExit, AgentVerdict } from '../../src/agents/agent.ts';
import type { Output } from './judge.ts';

/** How a recorded agent ended: an item of `endings.json`. */
export interface Ending {
  readonly name: string;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stderr: string;
  readonly cliVersion: string;
  /** When it was recorded. */
  readonly endedAtEpochMs: number;
}

/** What a recording has to be judged as; `test/corpus/<agent>/expected.ts` exports one for each by name, as `expected`. */
export type Expected = Pick<AgentVerdict, 'outcome'> &
  Partial<AgentVerdict> & {
    /** The recording of the same agent whose session it went on with: what that one had spent is not its own. */
    readonly resumes?: string;
  };

/** Agents with recordings. */
export function recordedAgents(): readonly string[] {
  return readdirSync(import.meta.dirname).filter((name) => existsSync(endingsFile(name)));
}

export function recordedEndings(agent: string): readonly Ending[] {
  return JSON.parse(readFileSync(endingsFile(agent), 'utf8'));
}

/** The lines of its stdout. */
export function recordedLines(agent: string, name: string): readonly string[] {
  return readFileSync(outputFile(agent, name), 'utf8')
    .split('\n')
    .filter((line) => line !== '');
}

/** All that is known of each recorded process, by the name of the recording. */
export function recordedOutputs(agent: string): ReadonlyMap<string, Output> {
  return new Map(
    recordedEndings(agent).map((ending) => [
      ending.name,
      { stdout: readFileSync(outputFile(agent, ending.name)), exit: exitOf(agent, ending) },
    ]),
  );
}

/** As the isolation layer tells it to the adapter. */
export function exitOf(agent: string, ending: Ending): AgentExit {
  return {
    exitCode: ending.exitCode,
    signal: ending.signal,
    stderrTail: ending.stderr.slice(-4_000),
    stdoutTail: readFileSync(outputFile(agent, ending.name), 'utf8').slice(-8_000),
    endedAtEpochMs: ending.endedAtEpochMs,
  };
}

export function endingsFile(agent: string): string {
  return join(import.meta.dirname, agent, 'endings.json');
}

export function outputFile(agent: string, name: string): string {
  return join(import.meta.dirname, agent, `${name}.ndjson`);
}
