import type { EventDetails, RecordedEvent } from '../../domain/event.ts';
import { isSuccess } from '../../domain/outcome.ts';
import { isNamed } from '../is-named.ts';
import {
  attemptAttributes,
  iterationAttributes,
  runAttributes,
  validationAttributes,
  type AgentNames,
} from './span-attributes.ts';
import { spanEventOf } from './span-event.ts';
import { EventList } from './event-list.ts';
import { attributesOf, spanIdOf, traceIdOf, type Span, type SpanStatus } from './span.ts';

/**
 * Makes spans of recorded events: each is given out when it ends, by the event that ends it, so that a run that is gone on
 * with after a crash gives each out once, with the same ids. What began before this process is known by its duration.
 */
export class SpanBuilder {
  readonly #names: AgentNames;
  readonly #run = new EventList(MOST_EVENTS);
  readonly #waits = new Map<string, number>();
  #iteration: OpenIteration | null = null;
  #firstAt: number | null = null;

  constructor(names: AgentNames) {
    this.#names = names;
  }

  /** The spans that end with it; it is to be of one run. */
  observe(event: RecordedEvent): readonly Span[] {
    const at = Date.parse(event.timestamp);
    this.#firstAt ??= at;
    if (isNamed(event, 'iteration_start')) {
      this.#iteration = newIteration();
    } else if (isNamed(event, 'worker_start') || isNamed(event, 'worker_adopt')) {
      this.#opened().agent = event.details.agent;
    } else if (isNamed(event, 'wait_start')) {
      this.#waits.set(event.details.kind, at);
    } else if (isNamed(event, 'worker_end')) {
      return [this.#attempt(event, at)];
    } else if (isNamed(event, 'wait_end')) {
      return [this.#wait(event, at)];
    } else if (isNamed(event, 'validation')) {
      return [this.#validation(event, at)];
    } else if (isNamed(event, 'iteration_end')) {
      return [this.#iterationEnd(event, at)];
    } else if (isNamed(event, 'loop_end')) {
      return [this.#runEnd(event, at)];
    } else {
      (this.#iteration?.events ?? this.#run).add(spanEventOf(event, at));
    }
    return [];
  }

  #attempt(event: RecordedEvent<'worker_end'>, at: number): Span {
    const { attempt, outcome, usage } = event.details;
    const open = this.#opened();
    open.reason = usage.reason;
    const agent = open.agent ?? this.#names.agent;
    return this.#span(event, at, {
      ...{ of: `iteration ${event.iteration} attempt ${attempt}`, name: `invoke_agent ${agent}` },
      attributes: attemptAttributes(event, { ...this.#names, agent }),
      status: statusOf(outcome, usage.reason),
    });
  }

  #wait(event: RecordedEvent<'wait_end'>, at: number): Span {
    const { kind, how } = event.details;
    const begun = this.#waits.get(kind) ?? this.#firstAt ?? at;
    this.#waits.delete(kind);
    return this.#span({ ...event, duration: (at - begun) / 1000 }, at, {
      ...{ of: `event ${event.seq}`, name: `wait ${kind}`, status: null },
      attributes: attributesOf({ 'autoloop.wait.kind': kind, 'autoloop.wait.end': how }),
    });
  }

  #validation(event: RecordedEvent<'validation'>, at: number): Span {
    const { passed, reason } = event.details;
    return this.#span(event, at, {
      ...{ of: `event ${event.seq}`, name: 'validate' },
      attributes: validationAttributes(event),
      status: { isOk: passed, ...(reason !== null && !passed && { message: reason }) },
    });
  }

  #iterationEnd(event: RecordedEvent<'iteration_end'>, at: number): Span {
    const open = this.#opened();
    this.#iteration = null;
    const { outcome } = event.details;
    return this.#span({ ...event, iteration: null }, at, {
      ...{ of: `iteration ${event.iteration}`, name: 'iteration', events: open.events },
      attributes: iterationAttributes(event),
      status: statusOf(outcome, open.reason ?? outcome),
    });
  }

  #runEnd(event: RecordedEvent<'loop_end'>, at: number): Span {
    const span = this.#span({ ...event, iteration: null }, at, {
      ...{ of: RUN, name: 'run', events: this.#run, status: null },
      attributes: runAttributes(event),
    });
    return { ...span, parentSpanId: null };
  }

  #span(event: RecordedEvent, at: number, parts: SpanParts): Span {
    const { run_id: runId, iteration, duration } = event;
    const { of, name, attributes, status, events } = parts;
    return {
      ...{ name, attributes, status, traceId: traceIdOf(runId), spanId: spanIdOf(runId, of) },
      parentSpanId: spanIdOf(runId, iteration === null ? RUN : `iteration ${iteration}`),
      startMs: at - Math.max(0, Math.round((duration ?? 0) * 1000)),
      endMs: at,
      ...(events?.take() ?? { events: [], droppedEvents: 0 }),
    };
  }

  /** A run may be gone on with in the middle of an iteration. */
  #opened(): OpenIteration {
    this.#iteration ??= newIteration();
    return this.#iteration;
  }
}

const RUN = 'run';
const MOST_EVENTS = 64;

interface OpenIteration {
  readonly events: EventList;
  agent: string | null;
  /** Why its last attempt ended. */
  reason: string | null;
}

interface SpanParts {
  /** What it is called within its run. */
  readonly of: string;
  readonly name: string;
  readonly attributes: Span['attributes'];
  readonly status: SpanStatus;
  readonly events?: EventList;
}

function newIteration(): OpenIteration {
  return { events: new EventList(MOST_EVENTS), agent: null, reason: null };
}

function statusOf(outcome: EventDetails['iteration_end']['outcome'], reason: string): SpanStatus {
  return isSuccess(outcome) ? { isOk: true } : { isOk: false, message: `${outcome}: ${reason}` };
}
