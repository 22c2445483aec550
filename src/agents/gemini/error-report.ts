/** What the CLI says on stderr about the error that ended it; null: not told. */
export interface ErrorReport {
  /** Its class: stdout calls every error of the service "unknown". */
  readonly kind: string | null;
  /** HTTP status. */
  readonly status: number | null;
  readonly retryDelayMs: number | null;
}

/** Reads its last report, nothing that stands before it: earlier attempts are told there too. */
export function readErrorReport(stderr: string): ErrorReport {
  const begin = stderr.lastIndexOf(`\n${OPENING}`);
  const report = begin === -1 ? '' : stderr.slice(begin + 1);
  return {
    kind: /^.*?\.json (\w+):/.exec(report)?.[1] ?? null,
    status: numberIn(/^ {2}(?:status|code): (\d{3}),?$/m, report),
    retryDelayMs: numberIn(/^ {2}retryDelayMs: ([\d.]{1,20}),?$/m, report),
  };
}

const OPENING = 'Error when talking to Gemini API ';

function numberIn(pattern: RegExp, text: string): number | null {
  const found = Number(pattern.exec(text)?.[1] ?? Number.NaN);
  return Number.isFinite(found) ? found : null;
}
