import { countOf, objectOf, parseJsonLine, textOf, type JsonObject } from '../json-line.ts';

/** What an `error` line says; null or '': not told. */
export interface ErrorLine {
  /** `APIError`, `ContextOverflowError`, `UnknownError`, … */
  readonly name: string;
  readonly words: string;
  /** HTTP status of the service's refusal. */
  readonly status: number | null;
  readonly isRetryable: boolean;
  /** Of the service's answer, names in lower case. */
  readonly headers: JsonObject;
  /** The `error` of the service's answer, or its answer itself where it has none. */
  readonly refusal: JsonObject;
  /** All that the service calls the error: its types and codes. */
  readonly kinds: readonly string[];
}

export function readError(line: JsonObject): ErrorLine {
  const error = objectOf(line.error);
  const data = objectOf(error.data);
  const answer = parseJsonLine(textOf(data.responseBody) ?? '') ?? {};
  const refusal = 'error' in answer ? objectOf(answer.error) : answer;
  return {
    name: textOf(error.name) ?? '',
    words: textOf(data.message) ?? '',
    status: countOf(data.statusCode),
    isRetryable: data.isRetryable === true,
    headers: lowerCased(objectOf(data.responseHeaders)),
    refusal,
    kinds: [answer.type, answer.code, refusal.type, refusal.code, refusal.name].flatMap(
      (kind) => textOf(kind) ?? [],
    ),
  };
}

function lowerCased(headers: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}
