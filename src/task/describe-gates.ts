import type { GateParserName } from '../domain/validation.ts';
import type { Gate } from './gate.ts';
import { gateOf, gates as gateList } from './gate-schemas.ts';
import type { Task } from './task.ts';

/** A gate as people and programs are told of it. */
export interface GateFacts {
  readonly name: string;
  /** Program, then its arguments. */
  readonly argv: readonly string[];
  /** Absolute. */
  readonly cwd: string;
  readonly timeoutSeconds: number;
  /** The exit code that means it is passed. */
  readonly expects: number;
  /** `function`: one of the task; null: the exit code alone counts. */
  readonly parser: GateParserName | 'function' | null;
  /** What the parser reads instead of the output, absolute. */
  readonly report: string | null;
  readonly retries: number;
}

/** The gates that judge this task's work; null: a function of the task says which, once the work is done. */
export function describeGates(
  { definition: { gates = [] } }: Task,
  workspace: string,
): readonly GateFacts[] | null {
  if (typeof gates === 'function') {
    return null;
  }
  // What is wrong with a list was told when the task was loaded.
  const { data = [] } = gateList.safeParse(gates);
  return data.map((written) => factsOf(gateOf(written, workspace)));
}

function factsOf({ parser, timeoutMs, ...rest }: Gate): GateFacts {
  const { name, argv, cwd, expects, report, retries } = rest;
  return {
    ...{ name, argv, cwd, expects, report, retries },
    timeoutSeconds: timeoutMs / 1000,
    parser: typeof parser === 'function' ? 'function' : parser,
  };
}
