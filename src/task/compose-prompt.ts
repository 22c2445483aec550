import type { PromptParts } from './context.ts';
import { failedSection } from './failed-section.ts';

/** `summary.txt` holds at most 1000 tokens, which is about this many characters. */
const LONGEST_SUMMARY = 4000;

/**
 * The prompt as an agent gets it: summary, operator's notes, failed gates, helper context, prefix, base prompt; what is empty is left out.
 * A blank line stands between them, so that a heading keeps the start of its line. The base prompt stays as it is.
 */
export function composePrompt(parts: PromptParts): string {
  const context = [
    summarySection(parts.summary.trim()),
    notesSection(parts.notes.map((note) => note.trim())),
    parts.failed ? failedSection(parts.failed) : '',
    parts.helperContext.trim(),
    parts.prefix.trim(),
  ];
  return [...context.filter((section) => section !== ''), parts.basePrompt].join('\n\n');
}

function summarySection(summary: string): string {
  return summary === '' ? '' : `Context summary from previous runs:\n\n${bounded(summary)}`;
}

function bounded(summary: string): string {
  if (summary.length <= LONGEST_SUMMARY) {
    return summary;
  }
  const head = summary.slice(0, LONGEST_SUMMARY);
  const lastLineEnd = head.lastIndexOf('\n');
  const kept = lastLineEnd > LONGEST_SUMMARY / 2 ? head.slice(0, lastLineEnd) : head;
  return `${kept.toWellFormed().trimEnd()}\n[summary cut]`;
}

function notesSection(notes: readonly string[]): string {
  const lines = notes
    .filter((note) => note !== '')
    .map((note) => `- ${note.replaceAll('\n', '\n  ')}`);
  return lines.length === 0 ? '' : `Notes from the operator:\n\n${lines.join('\n')}`;
}
