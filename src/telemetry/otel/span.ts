import { createHash } from 'node:crypto';

/** A span of OpenTelemetry. Moments are epoch ms. */
export interface Span {
  /** 32 hex digits. */
  readonly traceId: string;
  /** 16 hex digits. */
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly attributes: Attributes;
  readonly events: readonly SpanEvent[];
  readonly droppedEvents: number;
  readonly status: SpanStatus;
}

export interface SpanEvent {
  readonly name: string;
  readonly atMs: number;
  readonly attributes: Attributes;
}

/** null: nothing is said of it. */
export type SpanStatus = { readonly isOk: boolean; readonly message?: string } | null;

/** What is not known is left out. */
export type Attributes = Readonly<Record<string, AttributeValue>>;
export type AttributeValue = string | number | boolean;

/** The same for all who go on with a run, whatever became of the process before. */
export function traceIdOf(runId: string): string {
  return digest(`autoloop run ${runId}`).slice(0, 32);
}

/** `of` names it within its run: an iteration, an attempt, the event it ended with. */
export function spanIdOf(runId: string, of: string): string {
  return digest(`autoloop span ${runId} ${of}`).slice(0, 16);
}

/** Without what is null, and with long texts cut. */
export function attributesOf(
  values: Readonly<Record<string, AttributeValue | null | undefined>>,
): Attributes {
  const known = Object.entries(values).flatMap(([key, value]): [string, AttributeValue][] => {
    if (value === null || value === undefined) {
      return [];
    }
    return [[key, typeof value === 'string' ? value.slice(0, LONGEST_TEXT) : value]];
  });
  return Object.fromEntries(known);
}

const LONGEST_TEXT = 1_000;

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
