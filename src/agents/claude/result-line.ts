import {
  countOf,
  isJsonObject,
  parseJsonLine,
  textOf,
  textsOf,
  type JsonObject,
} from '../json-line.ts';

/** What a `result` line says about the ending; null: not told. */
export interface ResultLine {
  /** The one to believe: failures of the service come with subtype `success`. */
  readonly isError: boolean | null;
  readonly subtype: string | null;
  readonly terminalReason: string | null;
  readonly stopReason: string | null;
  /** HTTP status of the service's refusal. */
  readonly status: number | null;
  /** Typed kind of that refusal, where it has one. */
  readonly apiError: string | null;
  /** The final message, or the CLI's own words about the error. */
  readonly words: string;
  /** What it answered to `--json-schema`, as JSON; null: nothing. */
  readonly structured: string | null;
}

export function readResult(line: JsonObject): ResultLine {
  return {
    isError: typeof line.is_error === 'boolean' ? line.is_error : null,
    subtype: textOf(line.subtype),
    terminalReason: textOf(line.terminal_reason),
    stopReason: textOf(line.stop_reason),
    status: countOf(line.api_error_status),
    apiError: textOf(line.api_error),
    words: textOf(line.result) ?? textsOf(line.errors).join('\n'),
    structured: structuredAnswer(line),
  };
}

/** The CLI repeats it as its words, as the model wrote it. */
function structuredAnswer({ structured_output: answer, result }: JsonObject): string | null {
  if (!isJsonObject(answer)) {
    return null;
  }
  const words = textOf(result) ?? '';
  return parseJsonLine(words) === null ? JSON.stringify(answer) : words.trim();
}
