import * as z from 'zod/mini';
import type { Candidate } from '../domain/target.ts';

/** What a selector printed, read. */
export interface ParsedCandidates {
  /** Best first, each name once. */
  readonly candidates: readonly Candidate[];
  /** What could not be read, for people: `line 3: …`. */
  readonly problems: readonly string[];
}

/**
 * Reads what a selector prints: a name per line, or a JSON object per line, or one JSON array of both. Never throws.
 * A line that cannot be a target is told and left out; a name that comes again is not.
 */
export function parseCandidates(text: string): ParsedCandidates {
  const entries = entriesOf(text.replace(/^\uFEFF/, ''));
  const candidates = new Map<string, Candidate>();
  const problems: string[] = [];
  for (const { where, entry } of entries) {
    const read = candidateOf(entry);
    if ('problem' in read) {
      problems.push(`${where}: ${read.problem}`);
    } else if (!candidates.has(read.name)) {
      candidates.set(read.name, read);
    }
  }
  return { candidates: [...candidates.values()], problems };
}

interface Entry {
  readonly where: string;
  readonly entry: unknown;
}

/** undefined: what stands there was to be JSON, and is none. */
function entriesOf(text: string): readonly Entry[] {
  const whole: unknown = text.trimStart().startsWith('[') ? fromJson(text) : undefined;
  if (Array.isArray(whole)) {
    return whole.map((entry: unknown, at) => ({ where: `entry ${at + 1}`, entry }));
  }
  return text
    .split('\n')
    .map((line, at) => ({ where: `line ${at + 1}`, line: line.trim() }))
    .filter(({ line }) => line !== '')
    .map(({ where, line }) => ({ where, entry: line.startsWith('{') ? fromJson(line) : line }));
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const listed = z.object({
  name: z.string(),
  score: z.optional(z.nullable(z.number())),
  reason: z.optional(z.nullable(z.string())),
});

const LONGEST_NAME = 500;
const LONGEST_REASON = 1_000;

function candidateOf(entry: unknown): Candidate | { readonly problem: string } {
  if (entry === undefined) {
    return { problem: 'it begins as JSON and is none' };
  }
  const parsed = listed.safeParse(typeof entry === 'string' ? { name: entry } : entry);
  if (!parsed.success) {
    return { problem: 'it is neither a name nor {name, score?, reason?}' };
  }
  const { score, reason } = parsed.data;
  const name = parsed.data.name.trim();
  const problem = nameProblem(name);
  return problem === null
    ? { name, score: score ?? null, reason: reason ? inALine(reason) : null }
    : { problem };
}

/** A target is shown in tables and handed over as a variable. */
function nameProblem(name: string): string | null {
  if (name === '') {
    return 'its name is empty';
  }
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(name)) {
    return 'its name holds control characters';
  }
  if (name.includes('\uFFFD') || !name.isWellFormed()) {
    return 'its name is not UTF-8';
  }
  return name.length > LONGEST_NAME ? `its name has more than ${LONGEST_NAME} characters` : null;
}

function inALine(reason: string): string | null {
  const line = reason
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .toWellFormed()
    .trim()
    .slice(0, LONGEST_REASON);
  return line === '' ? null : line;
}
