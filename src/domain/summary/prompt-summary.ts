import { parseSummary } from './parse-summary.ts';
import { SUMMARY_TOKENS, summaryText } from './summary-text.ts';
import type { Summary } from './summary.ts';
import { targetText } from './text/target-text.ts';
import { cutToTokens, fittingLines, tokenThirds } from './text/token-cost.ts';

export interface SummaryParts {
  /** `summary.txt`. */
  readonly text: string;
  /** `summary.json`, parsed. */
  readonly metrics: unknown;
  readonly target: string | null;
}

/** What a prompt is told of the iterations before it, at most 1000 tokens: `summary.txt`, and what is known of its target. */
export function promptSummary({ text, metrics, target }: SummaryParts): string {
  const summary = parseSummary(metrics);
  if (summary === null || text.trim() === '') {
    return bounded(text.trim(), SUMMARY_TOKENS);
  }
  if (text === summaryText(summary)) {
    return summaryText(summary, target).trim();
  }
  return inSomebodysWords(text.trim(), summary, target);
}

/** A model's, or the operator's: they stand as they are, and the newest iteration is among them. */
function inSomebodysWords(text: string, summary: Summary, target: string | null): string {
  const newest = summary.recent[0]?.iteration ?? 0;
  const memory = target === null ? [] : targetText(summary, target, new Set([newest]));
  if (memory.length === 0) {
    return bounded(text, SUMMARY_TOKENS);
  }
  const section = memory.join('\n');
  const taken = Math.ceil((tokenThirds(section) + 2) / 3);
  return `${bounded(text, SUMMARY_TOKENS - taken)}\n\n${section}`;
}

function bounded(text: string, tokens: number): string {
  if (tokenThirds(text) <= tokens * 3) {
    return text;
  }
  const lines = fittingLines(text.split('\n'), tokens);
  return lines.length === 0 ? cutToTokens(text, tokens) : lines.join('\n').trimEnd();
}
