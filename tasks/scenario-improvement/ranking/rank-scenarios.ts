import { join } from 'node:path';
import { fewAtOnce, readPrd, type TaskContext } from 'autoloop/task';
import type { Scenario } from '../find-scenarios.ts';
import { needOf } from '../offer.ts';
import type { ScenarioSettings } from '../settings.ts';
import { askOllama } from './ask-ollama.ts';
import { parseRanking } from './parse-ranking.ts';

type Context = TaskContext<ScenarioSettings>;

/**
 * Names of scenarios as the local model of the setting `rankModel` puts them, best first. Empty where there is no such
 * setting, and where it does not answer in time or with nothing that names one of them, which is logged: then the plain
 * scores count. Asks once in an iteration. Never throws.
 */
export async function rankScenarios(
  context: Context,
  scenarios: readonly Scenario[],
): Promise<readonly string[]> {
  const { own, loop, iteration, runId } = context;
  if (own.rankModel === '' || scenarios.length < 2) {
    return [];
  }
  const candidates = mostInNeed(scenarios);
  const question = await promptOf(context, candidates);
  const key = JSON.stringify([loop, runId, iteration, own.rankModel, question]);
  if (last?.key !== key) {
    last = { key, names: await ask(context, candidates, question) };
  }
  return last.names;
}

/** What was answered last: whoever asks for the same again does not wait again. */
let last: { readonly key: string; readonly names: readonly string[] } | null = null;

const MOST_CANDIDATES = 50;

function mostInNeed(scenarios: readonly Scenario[]): readonly Scenario[] {
  return scenarios
    .toSorted((left, right) => needOf(right.figures) - needOf(left.figures))
    .slice(0, MOST_CANDIDATES);
}

async function ask(
  context: Context,
  candidates: readonly Scenario[],
  prompt: string,
): Promise<readonly string[]> {
  const { own, signal } = context;
  const names = candidates.map(({ name }) => name);
  const format = { type: 'array', items: { type: 'string', enum: names } };
  const timeoutMs = own.rankTimeout * 1000;
  const host = process.env['OLLAMA_HOST'] ?? '';
  const fallBack = (why: string): readonly string[] => {
    context.log(
      `The ranking by ${own.rankModel} (Ollama) is left out, plain scores count: ${why}.`,
    );
    return [];
  };
  try {
    const answer = await askOllama({
      host,
      model: own.rankModel,
      prompt,
      format,
      timeoutMs,
      signal,
    });
    const ranked = parseRanking(answer, names);
    return ranked.length === 0 ? fallBack('its answer names none of the scenarios') : ranked;
  } catch (error) {
    return fallBack(error instanceof Error ? error.message : String(error));
  }
}

const MOST_ITEMS = 3;
const LONGEST_ITEM = 120;

async function promptOf(
  { own: { goals }, workspace }: Context,
  candidates: readonly Scenario[],
): Promise<string> {
  const lines = await fewAtOnce(candidates, async ({ name, folder, figures }) => {
    const items = (await readPrd(join(workspace, folder))) ?? [];
    const open = items.filter(({ done }) => !done).slice(0, MOST_ITEMS);
    const texts = open.map(({ text }) => text.slice(0, LONGEST_ITEM).toWellFormed());
    const words = figures.hasPrd ? `open: ${texts.join('; ') || 'nothing'}` : 'has no PRD.md';
    return `- ${name} (need ${needOf(figures).toFixed(2)}; ${words})`;
  });
  const aim = goals === '' ? 'the project as a whole' : `these goals: ${goals}`;
  return `Which of these scenarios should be worked on first, for ${aim}?
Need is the share of open requirements, 0 to 1.

${lines.join('\n')}

Answer with nothing but a JSON list of their names, the most worthwhile first.`;
}
