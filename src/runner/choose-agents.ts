import { resolve } from 'node:path';
import type { AgentChoice } from '../actors/loop-world.ts';
import { loadAgent } from '../agents/load-agent.ts';
import { readPriceTable } from '../config/price-table.ts';
import type { SettingSources } from '../config/resolve-settings.ts';
import { AutoloopError, EXIT } from '../domain/error.ts';
import { boundsOf } from '../domain/mode.ts';
import { priceFor } from '../domain/price.ts';
import type { Settings } from '../domain/settings.ts';

/** The agent asked for, then those that go on while a usage limit holds it. Throws AutoloopError 150 or 155. */
export async function chooseAgents(
  settings: Settings,
  cwd: string,
): Promise<readonly AgentChoice[]> {
  const { agent, fallbackAgents, priceTable, model } = settings;
  const table = priceTable === null ? {} : readPriceTable(resolve(cwd, priceTable));
  const names = [agent, ...fallbackAgents.filter((name) => name !== agent)];
  return Promise.all(
    names.map(async (name) => ({
      agent: await loadAgent(name),
      // The model is the preferred agent's: another one has its own.
      price: priceFor(table, { model: name === agent ? model : null, agent: name }),
    })),
  );
}

export function firstChoice([first]: readonly AgentChoice[]): AgentChoice {
  if (!first) {
    throw new Error('No agent was chosen.');
  }
  return first;
}

export async function choiceNamed(
  choices: readonly AgentChoice[],
  name: string,
): Promise<AgentChoice> {
  const found = choices.find(({ agent }) => agent.name === name);
  // An attempt of an earlier start may be another agent's; nothing new is begun with it.
  return found ?? { agent: await loadAgent(name), price: null };
}

/** What an agent cannot do must be told before anything is paid. Throws AutoloopError 150. */
export function checkAgentChoice({ agent, price }: AgentChoice, settings: Settings): void {
  const { name, permissionModes, tellsCost, tellsTokens } = agent;
  const { permissionMode, mode, maxCost, maxTokens } = settings;
  if (boundsOf(mode) !== null && permissionModes === null) {
    throw refusal(
      `The agent ${name} has no permission settings, so the mode "${mode}" could not be enforced.`,
      'Choose an agent that has them, as in --agent claude; or leave the mode to that program: --mode apply',
    );
  }
  if (permissionModes && !permissionModes.includes(permissionMode)) {
    throw refusal(
      `The agent ${name} has no permission mode "${permissionMode}".`,
      `Allowed: --permission-mode ${permissionModes.join(' | ')}`,
    );
  }
  if (maxCost > 0 && !tellsCost && (price === null || !tellsTokens)) {
    throw refusal(
      `The agent ${name} does not tell what it costs, so --max-cost could not be kept.`,
      tellsTokens
        ? `Say what its tokens cost: --price-table FILE, with {"${name}": {"in": 1.25, "out": 10}}; or bound it with --max-tokens, --max-runtime, --max.`
        : 'Bound it in another way: --max, --max-runtime.',
    );
  }
  if (maxTokens > 0 && !tellsTokens) {
    throw refusal(
      `The agent ${name} does not tell its tokens, so --max-tokens could not be kept.`,
      'Bound it in another way: --max, --max-runtime.',
    );
  }
}

/** The settings' sources as they are for one agent: a model or a program named for the preferred one is not another's. */
export function sourcesFor(
  sources: SettingSources,
  { preferred, agent }: { preferred: string; agent: string },
): SettingSources {
  if (agent === preferred) {
    return sources;
  }
  const { flags, environment, task, user } = sources;
  return {
    flags: { ...without(flags, ['model', 'agentCommand']), agent },
    environment: without(environment, [
      ...['AGENT_MODEL', 'AUTOLOOP_AGENT_MODEL', 'AUTOLOOP_AGENT_COMMAND'],
    ]),
    task: { ...task, defaults: without(task.defaults, ['model', 'agentCommand']) },
    user: { ...user, values: without(user.values, ['model', 'agent-command']) },
  };
}

function without<Value>(
  record: Readonly<Record<string, Value>>,
  names: readonly string[],
): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}

function refusal(message: string, fix: string): AutoloopError {
  return new AutoloopError({ code: EXIT.configuration, message, fix });
}
