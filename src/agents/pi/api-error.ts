import { countOf, objectOf, parseJsonLine, textOf, type JsonObject } from '../json-line.ts';

/** What pi says about an error of a model's service: `401 {"type":"error","error":{…}}`, `OpenAI API error (429): …`, or words alone. */
export interface ApiError {
  /** All of it. */
  readonly words: string;
  /** The service's own sentence where it is told apart, else all of it. */
  readonly message: string;
  /** HTTP status. */
  readonly status: number | null;
  /** Type, code and status by which the service names it. */
  readonly kinds: readonly string[];
  /** The object that the service calls `error`. */
  readonly detail: JsonObject;
}

export function readApiError(words: string): ApiError {
  const body = bodyIn(words);
  const detail = objectOf(body.error);
  return {
    words,
    message: textOf(detail.message) ?? textOf(body.error) ?? textOf(body.message) ?? words,
    status: statusIn(words) ?? [body.status_code, detail.code, body.status].find(isStatus) ?? null,
    kinds: [detail.type, detail.code, detail.status, body.type, body.code].flatMap(nameOf),
    detail,
  };
}

// The body of the service's answer, where it is JSON, is quoted in or behind pi's own words.
function bodyIn(words: string): JsonObject {
  return parseJsonLine(words.slice(words.indexOf('{'), words.lastIndexOf('}') + 1)) ?? {};
}

function statusIn(words: string): number | null {
  const digits = STATUS_PLACES.map((place) => place.exec(words)?.[1]).find((found) => found);
  const status = Number(digits);
  return isStatus(status) ? status : null;
}

const STATUS_PLACES = [
  /^(\d{3})\b/,
  /^[^({]{0,60} error \((\d{3})\):/i,
  // Before it gives up on a service that asks for too long a wait.
  /^Server requested \d+s retry delay \(max: \d+s\)\. (\d{3})\b/,
];

function isStatus(value: unknown): value is number {
  const status = countOf(value) ?? 0;
  return Number.isInteger(status) && status >= 400 && status <= 599;
}

function nameOf(value: unknown): readonly string[] {
  return typeof value === 'number' ? [String(value)] : [textOf(value) ?? []].flat();
}
