import type { Agent, AgentExit, AgentSession, AgentVerdict } from '../../src/agents/agent.ts';
import { LineCutter } from '../../src/isolation/line-cutter.ts';

/** What came out of a process, and how it ended. */
export interface Output {
  readonly stdout: Buffer;
  readonly exit: AgentExit;
  readonly resumed?: AgentSession | null;
}

export interface Judged {
  readonly verdict: AgentVerdict;
  /** Of its last line: it had told a final result, and had not gone on to work after it. */
  readonly isFinal: boolean;
}

/** What the adapter makes of it, read from a pipe as the isolation layer does. */
export function judge(agent: Agent, { stdout, exit, resumed = null }: Output): Judged {
  const reader = agent.createReader(resumed);
  let isFinal = false;
  const lines = new LineCutter((line) => {
    isFinal = reader.read(line).final;
  });
  for (let start = 0; start < stdout.length; start += PIPE_BYTES) {
    lines.push(stdout.subarray(start, start + PIPE_BYTES));
  }
  lines.end();
  const stdoutTail = stdout.subarray(-32_000).toString().slice(-8_000);
  return { verdict: reader.conclude({ ...exit, stdoutTail }), isFinal };
}

const PIPE_BYTES = 65_536;
