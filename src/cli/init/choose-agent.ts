import { createInterface } from 'node:readline/promises';
import { resolveProgram } from '../../config/resolve-program.ts';
import { AutoloopError, EXIT } from '../../domain/error.ts';
import { supportedAgents } from '../../runner/supported-agents.ts';
import type { CliContext } from '../cli-context.ts';

export interface AgentWish {
  /** `--agent`; null: not given. */
  readonly asked: string | null;
  readonly mayAsk: boolean;
}

/** The agent asked for; else the answer to the one question; else the first whose program is there. Throws AutoloopError 150. */
export async function chooseAgent(
  context: CliContext,
  { asked, mayAsk }: AgentWish,
): Promise<string> {
  if (asked !== null) {
    return checked(asked);
  }
  const likely = likelyAgent(context);
  return mayAsk ? checked((await answerTo(question(likely))) || likely) : likely;
}

/** `command` needs a program that only the operator can name. */
function likelyAgent({ environment, cwd }: CliContext): string {
  const named = supportedAgents().filter(({ program }) => program !== null);
  const found = named.find(
    ({ program }) => resolveProgram(program ?? '', { environment, cwd }) !== null,
  );
  return (found ?? named[0])?.name ?? 'claude';
}

function question(likely: string): string {
  const names = supportedAgents().map(({ name }) => name);
  return `Which agent does the work (${names.join(', ')})? [${likely}] `;
}

async function answerTo(text: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(text)).trim();
  } finally {
    terminal.close();
  }
}

function checked(name: string): string {
  const names = supportedAgents().map((agent) => agent.name);
  if (!names.includes(name)) {
    throw new AutoloopError({
      code: EXIT.configuration,
      message: `There is no agent "${name}" in this version of autoloop.`,
      fix: `Choose one of: ${names.join(', ')}.`,
    });
  }
  return name;
}
