import type { Report, ReportStatus } from '../domain/report.ts';

/**
 * The report in an agent's final message: its last block that is one. Lenient about the fence, the status' spelling and
 * fields that are missing; never guesses from prose. Without a block: `unknown`, derived. Never throws.
 */
export function parseReport(finalMessage: string): Report {
  const blocks = [...fencedBlocks(finalMessage), ...trailingObject(finalMessage)];
  for (const block of blocks.toReversed()) {
    const fields = reportFields(block.content);
    if (fields) {
      const message = (finalMessage.slice(0, block.start) + finalMessage.slice(block.end)).trim();
      return { ...fields, message, derived: false };
    }
  }
  return { ...NOTHING_REPORTED, message: finalMessage.trim() };
}

interface Block {
  readonly content: string;
  /** Where it begins and ends in the message, fences included. */
  readonly start: number;
  readonly end: number;
}

type Fields = Omit<Report, 'message' | 'derived'>;

const NOTHING_REPORTED = {
  target: null,
  status: 'unknown',
  changes: [],
  validation: [],
  issues: [],
  next: null,
  learned: [],
  derived: true,
} as const satisfies Omit<Report, 'message'>;

const FENCE = /^[ \t]*(?<fence>`{3,}|~{3,})(?<info>.*)$/gm;

/** Also one that is never closed: the message may have been cut. What names its language opens, whatever came before. */
function fencedBlocks(message: string): Block[] {
  const blocks: Block[] = [];
  let open: { fence: string; start: number; content: number } | null = null;
  for (const line of message.matchAll(FENCE)) {
    const fence = line.groups?.['fence'] ?? '';
    const end = line.index + line[0].length;
    if (open !== null && !fence.startsWith(open.fence)) {
      continue;
    }
    if (open === null || line.groups?.['info']?.trim()) {
      open = { fence, start: line.index, content: end };
    } else {
      blocks.push({ content: message.slice(open.content, line.index), start: open.start, end });
      open = null;
    }
  }
  return open === null ? blocks : [...blocks, unclosed(message, open)];
}

function unclosed(message: string, open: { start: number; content: number }): Block {
  return { content: message.slice(open.content), start: open.start, end: message.length };
}

/** A bare object at the very end, its brace at the start of a line. */
function trailingObject(message: string): Block[] {
  if (!message.trimEnd().endsWith('}')) {
    return [];
  }
  const starts = [...message.matchAll(/^[ \t]*\{/gm)].map((match) => match.index);
  const start = starts.find((index) => asObject(message.slice(index)) !== null);
  return start === undefined ? [] : [{ content: message.slice(start), start, end: message.length }];
}

const OTHER_KEYS = ['target', 'changes', 'validation', 'issues', 'next', 'learned'];

/** null: some other JSON. A status alone is not enough: service answers look like that too. */
function reportFields(content: string): Fields | null {
  const found = asObject(content);
  if (!found || typeof found['status'] !== 'string' || !OTHER_KEYS.some((key) => key in found)) {
    return null;
  }
  return {
    target: asText(found['target']),
    status: asStatus(found['status']),
    changes: asList(found['changes']),
    validation: asList(found['validation']),
    issues: asList(found['issues']),
    next: asText(found['next']),
    learned: asList(found['learned']),
    ...withSummary(found['summary']),
  };
}

function asObject(content: string): Record<string, unknown> | null {
  const parsed = parseJson(content) ?? parseJson(content.replace(/,(?=\s*[}\]])/g, ''));
  return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
    ? { ...parsed }
    : null;
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return null;
  }
}

const STATUSES: readonly ReportStatus[] = ['success', 'partial', 'failed', 'complete', 'no_change'];

function asStatus(written: string): ReportStatus {
  const name = written
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');
  return STATUSES.find((status) => status === name) ?? 'unknown';
}

const MOST_ITEMS = 50;
const LONGEST_TEXT = 1000;

function asList(value: unknown): string[] {
  const items = Array.isArray(value) ? value : [value];
  return items
    .map(asText)
    .filter((text) => text !== null)
    .slice(0, MOST_ITEMS);
}

const LONGEST_SUMMARY = 3000;

function withSummary(value: unknown): Pick<Report, 'summary'> {
  const summary = typeof value === 'string' ? value.trim().slice(0, LONGEST_SUMMARY) : '';
  return summary === '' ? {} : { summary };
}

function asText(value: unknown): string | null {
  if (value === undefined || value === null) {
    return null;
  }
  const text = (typeof value === 'string' ? value : JSON.stringify(value)).trim();
  return text === '' ? null : text.slice(0, LONGEST_TEXT);
}
