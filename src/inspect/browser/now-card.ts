import type { LoopStatus } from '../../domain/loop-status.ts';
import type { LoopView } from '../page-news.ts';
import { card } from './card.ts';
import { element, setAttribute, setHidden, setText } from './element.ts';
import { FactList } from './fact-list.ts';
import type { PageModel } from './page-model.ts';
import { clockText, momentText, sinceText } from './time-text.ts';

/** What it does now: on what, who, since when, and what it waits for. */
export class NowCard {
  readonly #card = card('Now', 'now');
  readonly element = this.#card.element;
  readonly #description = element('p', { class: 'soft' });
  readonly #state = element('code', { class: 'state' });
  readonly #facts = new FactList();
  readonly #wait = new Countdown();
  #loop: LoopView | null = null;

  constructor() {
    this.#card.aside.append(this.#state);
    this.#card.body.append(this.#description, this.#wait.element, this.#facts.element);
  }

  show({ loop }: PageModel, describe: (state: string) => string): void {
    this.#loop = loop ?? null;
    const status = loop?.status ?? null;
    setText(this.#state, status?.state ?? '');
    setText(this.#description, status === null ? '' : describe(status.state));
    setHidden(this.#description, this.#description.textContent === '');
    this.#wait.show(loop ?? null);
    this.tick(Date.now());
  }

  tick(now: number): void {
    const status = this.#loop?.status ?? null;
    const facts = this.#facts;
    facts.set(
      'Iteration',
      status === null || status.iteration === 0 ? null : String(status.iteration),
    );
    facts.set('Target', status?.target ?? null);
    facts.set('Agent', status && agentWords(status));
    facts.set(
      'At work for',
      status?.worker && status.running ? sinceText(status.worker.since, now) : null,
    );
    facts.set('Last output', status && outputWords(status, now));
    facts.set('Judging', status && judgingWords(status, now));
    facts.set('Why', this.#loop?.waitReason ?? null);
    facts.set('Asked', status && askedWords(status));
    this.#wait.tick(now);
  }
}

function agentWords({ worker }: LoopStatus): string | null {
  if (worker === null) {
    return null;
  }
  const pid = worker.pid === null ? '' : `, pid ${worker.pid}`;
  return `${worker.agent}, attempt ${worker.attempt}${pid}`;
}

function outputWords({ worker, running }: LoopStatus, now: number): string | null {
  if (worker === null || !running) {
    return null;
  }
  return worker.lastOutputAt === null ? 'none yet' : `${sinceText(worker.lastOutputAt, now)} ago`;
}

function judgingWords({ validation }: LoopStatus, now: number): string | null {
  return (
    validation &&
    `gate ${validation.gate} (${validation.number} of ${validation.of}), for ${sinceText(validation.since, now)}`
  );
}

function askedWords({ stopRequested, paused, state, running }: LoopStatus): string | null {
  if (!running) {
    return null;
  }
  if (stopRequested && !state.startsWith('stop')) {
    return 'to stop when the iteration is over';
  }
  return paused && state !== 'waiting.paused' ? 'to pause when the iteration is over' : null;
}

/** What a wait is for, and how long it still takes. */
class Countdown {
  readonly #title = element('p', { class: 'soft' });
  readonly #clock = element('p', { class: 'countdown', role: 'timer' });
  readonly #bar = element('div', { class: 'bar', 'aria-hidden': 'true' }, element('span'));
  readonly element = element('div', { class: 'wait' }, this.#title, this.#clock, this.#bar);
  #status: LoopStatus | null = null;

  show(loop: LoopView | null): void {
    const status = loop?.status ?? null;
    this.#status = status?.wait && status.running ? status : null;
    setHidden(this.element, this.#status === null);
  }

  tick(now: number): void {
    const wait = this.#status?.wait ?? null;
    if (wait === null) {
      return;
    }
    const { until, kind } = wait;
    setText(this.#title, TITLES[kind]);
    setHidden(this.#bar, until === null);
    if (until === null) {
      setText(this.#clock, 'Paused');
      return;
    }
    const left = Date.parse(until) - now;
    setText(this.#clock, left <= 0 ? 'now' : clockText(left / 1_000));
    setAttribute(this.#clock, 'title', `Until ${momentText(until)}`);
    const whole = Date.parse(until) - Date.parse(this.#status?.since ?? until);
    const part = whole <= 0 ? 1 : Math.min(1, Math.max(0, 1 - left / whole));
    this.#bar.style.setProperty('--part', String(Math.round(part * 1_000) / 1_000));
  }
}

const TITLES = {
  interval: 'Next iteration in',
  backoff: 'Tries again in',
  usage_limit: 'Usage limit ends in',
  gate: 'Looks again in',
  pause: 'Until it is resumed',
} as const;
