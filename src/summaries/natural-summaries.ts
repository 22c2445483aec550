import type { RecordedEvent } from '../domain/event.ts';
import { naturalText, type Wording } from '../domain/summary/natural-text.ts';
import type { Summary } from '../domain/summary/summary.ts';
import { judgeAnswer } from './judge-answer.ts';
import { askModel } from './ollama/ask-model.ts';
import { asFailure, type ModelFailure } from './ollama/model-failure.ts';
import { questionOf } from './question.ts';
import type { SummaryFacts } from './summary-facts.ts';

const TIMEOUT_MS = 30_000;

type TimedWording = Wording & { readonly seconds: number };

interface Wanted {
  readonly summary: Summary;
  /** Its newest iteration. */
  readonly upTo: number;
}

interface Asking {
  readonly asking: AbortController;
  /** No worker has begun since: the next prompt is not made yet. */
  readonly isForNextPrompt: boolean;
}

/**
 * Asks the model when an iteration has ended, and again while a worker runs for what has not been put into words by then.
 * An iteration that begins breaks off what is still asked: it waits for no model. Whatever goes wrong, the plain summary
 * stands, which is always there first.
 */
export class NaturalSummaries {
  readonly #facts: SummaryFacts;
  readonly #told = new Set<string>();
  #wording: TimedWording | null = null;
  #asking: AbortController | null = null;
  /** Nothing is recorded after the end of a run. */
  #isOver = false;

  constructor(facts: SummaryFacts) {
    this.#facts = facts;
  }

  observe({ event }: RecordedEvent): void {
    switch (event) {
      case 'iteration_start':
        return this.#breakOff();
      case 'loop_end':
        return this.#end();
      case 'worker_start':
      case 'worker_adopt':
        return this.#ask(false);
      case 'iteration_end':
        this.#breakOff();
        // The event comes after those that are being recorded.
        queueMicrotask(() => this.#write());
        return this.#ask(true);
      default:
    }
  }

  close(): Promise<void> {
    this.#end();
    return Promise.resolve();
  }

  #end(): void {
    this.#isOver = true;
    this.#breakOff();
  }

  #breakOff(): void {
    this.#asking?.abort();
    this.#asking = null;
  }

  /** Nothing to do where the newest iteration is in words already, or is being put into them. */
  #ask(isForNextPrompt: boolean): void {
    const summary = this.#facts.summary();
    const newest = summary?.recent[0]?.iteration ?? null;
    if (!summary || newest === null || this.#asking || this.#wording?.upTo === newest) {
      return;
    }
    const asking = new AbortController();
    this.#asking = asking;
    void this.#keep({ summary, upTo: newest, asking, isForNextPrompt });
  }

  /** Whoever is broken off keeps nothing. Never rejects. */
  async #keep({ asking, isForNextPrompt, ...wanted }: Asking & Wanted): Promise<void> {
    const wording = await this.#worded(wanted, asking.signal);
    if (this.#asking !== asking) {
      return;
    }
    this.#asking = null;
    if (wording) {
      this.#wording = wording;
      const { upTo, seconds } = wording;
      this.#facts.log.info({ upTo, seconds }, 'a model has put the last iterations into words');
      if (isForNextPrompt) {
        this.#write();
      }
    }
  }

  /** null: it was broken off, or went wrong, which is told once for each reason. Never rejects. */
  async #worded({ summary, upTo }: Wanted, signal: AbortSignal): Promise<TimedWording | null> {
    const { environment, redactor } = this.#facts.plan;
    const begun = performance.now();
    try {
      const { system, prompt, most } = questionOf(summary);
      const answer = await askModel({
        ...{ host: environment['OLLAMA_HOST'] ?? '', model: this.#model },
        ...{ system, prompt: redactor.redact(prompt), most, timeoutMs: TIMEOUT_MS, signal },
      });
      const text = judgeAnswer(redactor.redact(answer));
      const seconds = Math.round(performance.now() - begun) / 1000;
      return { upTo, model: this.#model, text, seconds };
    } catch (error) {
      if (!signal.aborted) {
        this.#tell(asFailure(error));
      }
      return null;
    }
  }

  /** With the newest iteration as it is, where that has not been put into words yet. */
  #write(): void {
    const summary = this.#facts.summary();
    const wording = this.#wording;
    const text = summary && wording && naturalText(summary, wording);
    if (this.#isOver || !summary || !text) {
      return;
    }
    this.#tryTo(() => {
      this.#facts.writeSummaryText(this.#facts.plan.redactor.redact(text));
      this.#facts.record({
        ...{ type: 'summary_generated', exitCode: null, duration: wording.seconds },
        iteration: summary.recent[0]?.iteration ?? null,
        details: { source: 'ollama', model: wording.model },
      });
    });
  }

  #tell({ reason, message }: ModelFailure): void {
    if (!this.#told.has(reason)) {
      this.#told.add(reason);
      const words = `The summary by ${this.#model} (Ollama) is left out, the plain one stands: ${message}.`;
      this.#tryTo(() => this.#facts.warn('summary_model', this.#facts.plan.redactor.redact(words)));
    }
  }

  /** A disk that refuses is told of by whoever needs it. */
  #tryTo(tell: () => void): void {
    try {
      tell();
    } catch (error) {
      this.#facts.log.warn({ error: String(error) }, 'the summary by a model was not written');
    }
  }

  get #model(): string {
    return this.#facts.plan.settings.summaryModel ?? '';
  }
}
