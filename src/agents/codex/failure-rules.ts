import type { Outcome } from '../../domain/outcome.ts';
import { objectOf, parseJsonLine, textOf } from '../json-line.ts';

/** Why a turn failed: the first rule that fits says the outcome. Codex tells it in words alone, which are its own or the service's. */
export function failureOutcome(words: string): Outcome {
  const failure = { words, status: statusIn(words), code: codeIn(words) };
  return RULES.find(([, fits]) => fits(failure))?.[0] ?? 'failed';
}

interface Failure {
  readonly words: string;
  /** HTTP status of the service's refusal. */
  readonly status: number | null;
  /** Of a body that Codex passes on as it came, which it does with status 400. */
  readonly code: string | null;
}

const RULES: readonly (readonly [Outcome, (failure: Failure) => boolean])[] = [
  ['usage_limited', says(/^you['’]ve hit your usage limit|^you hit your spend cap/i)],
  ['auth_failed', isLoginRefused],
  ['prompt_too_long', isTooLong],
  ['worker_unavailable', isModelMissing],
  ['rate_limited', isTooFast],
  // The model would not, or could not within its length: the service itself works.
  ['failed', says(/\bincomplete response returned, reason: /i)],
  ['network_failed', isServiceFailure],
];

function isLoginRefused({ status, words }: Failure): boolean {
  return [401, 402, 403].includes(status ?? 0) || LOGIN_WORDS.test(words);
}

const LOGIN_WORDS = new RegExp(
  [
    '^quota exceeded\\. check your plan',
    '^to use codex with your chatgpt plan',
    '^your workspace is out of credits',
    '^missing environment variable',
    '^access blocked by cloudflare',
    '\\bplease (?:log out and )?sign in again\\b',
  ].join('|'),
  'i',
);

function isTooLong({ status, code, words }: Failure): boolean {
  return (
    status === 413 ||
    code === 'context_length_exceeded' ||
    /^codex ran out of room in the model['’]s context window/i.test(words)
  );
}

function isModelMissing({ status, code, words }: Failure): boolean {
  return (
    status === 404 ||
    code === 'model_not_found' ||
    /^the model `[^`]*` does not exist/i.test(words) ||
    /^\{"detail":"the '[^']*' model is not supported\b/i.test(words)
  );
}

function isTooFast({ status, words }: Failure): boolean {
  return (
    status === 429 ||
    /^(?:stream disconnected before completion: )?rate limit (?:reached|exceeded)\b/i.test(words)
  );
}

function isServiceFailure({ status, words }: Failure): boolean {
  return status === 408 || (status ?? 0) >= 500 || SERVICE_WORDS.test(words);
}

const SERVICE_WORDS = new RegExp(
  [
    '^stream disconnected before completion',
    '^connection failed',
    '^error while reading the server response',
    '^request timed out',
    "^we['’]re currently experiencing high demand",
    '^selected model is at capacity',
    '^policy-restricted capacity is unavailable',
  ].join('|'),
  'i',
);

function says(pattern: RegExp): (failure: Failure) => boolean {
  return ({ words }) => pattern.test(words);
}

function statusIn(words: string): number | null {
  const told = /^(?:unexpected status|exceeded retry limit, last status:) (\d{3})\b/.exec(words);
  return told ? Number(told[1]) : null;
}

function codeIn(words: string): string | null {
  return textOf(objectOf(parseJsonLine(words)?.error).code);
}
