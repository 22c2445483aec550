import type { Clock } from '../../ports/clock.ts';
import type { OtlpMessage } from './otlp-request.ts';
import type { SignalOptions } from './otel-options.ts';
import { otlpBody } from './otlp-body.ts';
import { post, type PostAnswer } from './post.ts';
import { rejectedInJson, rejectedInProtobuf } from './rejected-count.ts';
import { RetryPace } from './retry-pace.ts';

export interface ExportQueueFacts<Item> {
  readonly options: SignalOptions;
  readonly clock: Clock;
  /** Of the protobuf message: `TraceRequest`. */
  readonly message: string;
  readonly encode: (items: readonly Item[]) => OtlpMessage;
  /** Items that wait at most; what comes when it is full is dropped. */
  readonly most: number;
  readonly batchSize: number;
  readonly delayMs: number;
  /** It was not taken; told each time. */
  readonly failed: (reason: string) => void;
  readonly taken: () => void;
  /** They will never be sent, or the collector did not keep them. */
  readonly dropped: (count: number, reason: string) => void;
}

/**
 * Items on their way to a collector: never more than so many, one request at a time, tried again at growing distances
 * while it may help. `offer` takes no time, and nothing here throws or rejects.
 */
export class ExportQueue<Item> {
  readonly #facts: ExportQueueFacts<Item>;
  readonly #abort = new AbortController();
  readonly #pace = new RetryPace();
  #waiting: Item[] = [];
  #cancel: () => void = () => {};
  #isDue = false;
  #sending: Promise<void> | null = null;
  #isOver = false;

  constructor(facts: ExportQueueFacts<Item>) {
    this.#facts = facts;
  }

  offer(item: Item): void {
    const { most, batchSize, delayMs, dropped } = this.#facts;
    if (this.#waiting.length >= most) {
      dropped(1, 'the queue is full');
      return;
    }
    this.#waiting.push(item);
    this.#sendIn(this.#waiting.length >= batchSize && !this.#pace.isFailing ? 0 : delayMs);
  }

  /** Takes the place of all that wait. */
  replace(item: Item): void {
    this.#waiting = [];
    this.offer(item);
  }

  /** What is there is tried once more, for so long; the rest is dropped. */
  async close(forMs: number): Promise<void> {
    this.#isOver = true;
    this.#cancel();
    const timer = setTimeout(() => this.#abort.abort(), forMs);
    try {
      await this.#sending;
      while (this.#waiting.length > 0 && !this.#abort.signal.aborted && !this.#pace.isFailing) {
        await this.#send();
      }
    } finally {
      clearTimeout(timer);
      this.#abort.abort();
    }
    if (this.#waiting.length > 0) {
      this.#facts.dropped(this.#waiting.length, 'the run has ended');
      this.#waiting = [];
    }
  }

  #sendIn(delayMs: number): void {
    if (this.#isDue || this.#sending !== null || this.#isOver) {
      return;
    }
    this.#isDue = true;
    this.#cancel = this.#facts.clock.startTimer(delayMs, () => {
      this.#isDue = false;
      this.#sending = this.#send().finally(() => {
        this.#sending = null;
        if (this.#waiting.length > 0) {
          this.#sendIn(this.#pace.isFailing ? this.#pace.delayMs() : this.#facts.delayMs);
        }
      });
    });
  }

  async #send(): Promise<void> {
    const { batchSize } = this.#facts;
    const batch = this.#waiting.slice(0, batchSize);
    this.#waiting = this.#waiting.slice(batchSize);
    const answer = await this.#post(batch);
    try {
      this.#heed(answer, batch);
    } catch {
      // Nobody would catch it here, and the runner would end of it.
    }
  }

  async #post(batch: readonly Item[]): Promise<PostAnswer> {
    const { options, encode, message } = this.#facts;
    try {
      const { body, headers } = await otlpBody(options, { message, request: encode(batch) });
      return await post({ options, headers, body, signal: this.#abort.signal });
    } catch (error) {
      return { kind: 'refused', reason: error instanceof Error ? error.message : String(error) };
    }
  }

  #heed(answer: PostAnswer, batch: readonly Item[]): void {
    const { taken, failed, dropped, options, most } = this.#facts;
    if (answer.kind === 'taken') {
      this.#pace.succeeded();
      taken();
      const isJson = options.protocol === 'http/json';
      const rejected = isJson ? rejectedInJson(answer.body) : rejectedInProtobuf(answer.body);
      if (rejected.count > 0) {
        dropped(Math.min(rejected.count, batch.length), `rejected: ${rejected.reason}`);
      }
      return;
    }
    failed(answer.reason);
    this.#pace.failed(answer.kind === 'later' ? answer.afterMs : null);
    if (answer.kind === 'refused') {
      dropped(batch.length, answer.reason);
      return;
    }
    const kept = batch.slice(0, most - this.#waiting.length);
    this.#waiting = [...kept, ...this.#waiting];
    if (kept.length < batch.length) {
      dropped(batch.length - kept.length, 'the queue is full');
    }
  }
}
