import { SUMMARY_TOKENS, headText, toldIterations } from './summary-text.ts';
import type { Summary } from './summary.ts';
import { NO_MEMORY } from './memory/memory.ts';
import { iterationInFull, nameText } from './text/iteration-text.ts';
import { failingGates, lessons, openIssues } from './text/list-text.ts';
import { plainLines } from './text/plain-text.ts';
import { cutToTokens, fittingLines, tokenCost } from './text/token-cost.ts';

/** The iterations up to one of them, as a model or the agent itself put them into words. */
export interface Wording {
  /** The newest iteration it tells of. */
  readonly upTo: number;
  /** null: the agent of that iteration. */
  readonly model: string | null;
  readonly text: string;
}

/**
 * The summary for the next prompt in a model's words, with the newest iteration and the failing gates as they are, and what
 * was found out as far as there is room. null:
 * more than one iteration has ended since, or none is there to tell of.
 */
export function naturalText(summary: Summary, wording: Wording): string | null {
  const [newest, former] = toldIterations(summary);
  const isFresh = [newest?.iteration, former?.iteration].includes(wording.upTo);
  if (!newest || !isFresh) {
    return null;
  }
  const memory = summary.state.memory ?? NO_MEMORY;
  const words = [
    'The newest iteration:',
    ...iterationInFull(newest, NEWEST),
    `The iterations up to ${wording.upTo}, in the words of ${authorOf(wording)}:`,
    ...wordingLines(summary, wording.text),
  ];
  const learned = lessons(memory, null);
  const texts = [[...openIssues(memory, null), ...learned], learned, []].map((remarks) =>
    [headText(summary), ...failingGates(memory), ...remarks, ...words, ''].join('\n'),
  );
  const most = hasTargets(summary) ? WITH_TARGETS : SUMMARY_TOKENS;
  return texts.find((text) => tokenCost(text) <= most) ?? texts.at(-1) ?? null;
}

function authorOf({ model }: Wording): string {
  return model === null ? 'their agent' : `the model ${nameText(model)}`;
}

/** Tokens: what is known of a target still finds room. */
const WITH_TARGETS = 560;
const NEWEST = 100;
const WORDING = 260;
const WORDING_WITHOUT_TARGETS = 600;

function wordingLines(summary: Summary, text: string): readonly string[] {
  const tokens = wordingTokens(summary);
  const quoted = plainLines(text).map((line) => `  > ${line}`);
  const fitting = fittingLines(quoted, tokens);
  const rest = quoted[fitting.length];
  return fitting.length > 0 || rest === undefined ? fitting : [cutToTokens(rest, tokens - 1)];
}

/** Tokens that a model's words may cost. */
export function wordingTokens(summary: Summary): number {
  return hasTargets(summary) ? WORDING : WORDING_WITHOUT_TARGETS;
}

function hasTargets({ targets }: Summary): boolean {
  return Object.keys(targets).length > 0;
}
