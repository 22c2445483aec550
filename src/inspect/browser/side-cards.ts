import type { LoopTotals } from '../../domain/loop-status.ts';
import type { LoopView } from '../page-news.ts';
import { card, type Card } from './card.ts';
import { element, setHidden, setText } from './element.ts';
import { FactList } from './fact-list.ts';
import type { PageModel } from './page-model.ts';
import { durationText } from './time-text.ts';

/** Parts that change seldom: made anew when they do. */
abstract class QuietCard {
  protected readonly card: Card;
  readonly element: HTMLElement;
  #shown = '';

  constructor(title: string, name: string) {
    this.card = card(title, name);
    this.element = this.card.element;
  }

  show({ loop }: PageModel): void {
    const text = JSON.stringify(loop ? this.reads(loop) : null);
    if (text !== this.#shown) {
      this.#shown = text;
      const parts = loop ? this.parts(loop) : [];
      setHidden(this.element, parts.length === 0);
      this.card.body.replaceChildren(...parts);
    }
  }

  /** What it shows depends on. */
  protected abstract reads(loop: LoopView): unknown;
  /** None: it is not shown. */
  protected abstract parts(loop: LoopView): readonly Node[];
}

export class CapsCard extends QuietCard {
  constructor() {
    super('Caps', 'caps');
  }

  protected reads({ caps }: LoopView): unknown {
    return caps;
  }

  protected parts({ caps }: LoopView): readonly Node[] {
    return caps.map(({ name, text, part }) => {
      const bar = element('span', { class: 'bar', 'aria-hidden': 'true' }, element('span'));
      bar.style.setProperty('--part', String(part ?? 0));
      bar.classList.toggle('full', (part ?? 0) >= 0.9);
      const words = element(
        'div',
        { class: 'pair' },
        element('span', {}, name),
        element('b', {}, text),
      );
      return element('div', { class: 'cap' }, words, ...(part === null ? [] : [bar]));
    });
  }
}

export class GatesCard extends QuietCard {
  constructor() {
    super('Gates', 'gates');
  }

  protected reads({ gates, status }: LoopView): unknown {
    return [gates, status?.validation];
  }

  protected parts({ gates, status }: LoopView): readonly Node[] {
    const running = status?.validation ?? null;
    setText(
      this.card.aside,
      running === null && gates !== null
        ? `iteration ${gates.iteration}`
        : running
          ? 'running'
          : '',
    );
    if (running !== null) {
      return [
        gateRow({
          sign: '…',
          tone: 'now',
          name: running.gate,
          why: `${running.number} of ${running.of}`,
        }),
      ];
    }
    return (gates?.runs ?? []).map(({ gate, passed, reason, tests, seconds }) =>
      gateRow({
        ...{ sign: passed ? '✓' : '✗', tone: passed ? 'good' : 'bad', name: gate },
        why: [
          passed ? 'passed' : (reason ?? 'not passed'),
          ...(tests === null ? [] : [`${tests.ran - tests.failed} of ${tests.ran} tests`]),
          ...(seconds === null ? [] : [durationText(seconds)]),
        ].join(', '),
      }),
    );
  }
}

interface GateRow {
  readonly sign: string;
  readonly tone: string;
  readonly name: string;
  readonly why: string;
}

function gateRow({ sign, tone, name, why }: GateRow): HTMLElement {
  return element(
    'div',
    { class: 'gate' },
    element('span', { class: `sign ${tone}`, 'aria-hidden': 'true' }, sign),
    element('span', { class: 'name' }, name),
    element('span', { class: 'soft' }, why),
  );
}

export class RunCard extends QuietCard {
  constructor() {
    super('This run', 'run');
  }

  protected reads({ status, recent, notices }: LoopView): unknown {
    return [status?.totals, recent, notices];
  }

  protected parts({ status, recent, notices }: LoopView): readonly Node[] {
    if (status === null || status.state === 'idle') {
      return [];
    }
    const facts = new FactList();
    totalsInto(facts, status.totals);
    return [
      facts.element,
      ...(recent.length === 0
        ? []
        : [element('p', { class: 'soft' }, 'Last iterations, of whichever run'), bars(recent)]),
      ...notices.map((notice) => element('p', { class: 'notice' }, notice)),
    ];
  }
}

function totalsInto(
  facts: FactList,
  { iterations, succeeded, failed, ...spent }: LoopTotals,
): void {
  const { costUsd, costIsEstimated, tokens } = spent;
  facts.set(
    'Iterations',
    iterations === 0
      ? 'none is over yet'
      : `${iterations}: ${succeeded} succeeded, ${failed} failed`,
  );
  facts.set(
    'Cost',
    costUsd === null ? null : `${costIsEstimated ? 'about ' : ''}$${costUsd.toFixed(2)}`,
  );
  facts.set('Tokens', tokens && `${count(tokens.in)} in, ${count(tokens.out)} out`);
}

function count(amount: number): string {
  return new Intl.NumberFormat('en', { notation: 'compact' }).format(amount);
}

/** The last iterations, the newest at the right: height and colour tell how they ended. */
function bars(recent: LoopView['recent']): HTMLElement {
  const list = recent.map(({ iteration, outcome, group, target, seconds }) => {
    const words = [
      `Iteration ${iteration}: ${outcome}`,
      ...(target === null ? [] : [target]),
      ...(seconds === null ? [] : [durationText(seconds)]),
    ].join(', ');
    return element(
      'li',
      { class: group, title: words },
      element('span', { class: 'unseen' }, words),
    );
  });
  return element('ol', { class: 'bars', 'aria-label': 'How the last iterations ended' }, ...list);
}
