import * as fc from 'fast-check';
import { foldEvent } from '../../../src/domain/metrics/fold-event.ts';
import { NOTHING_FOUND } from '../../../src/domain/metrics/findings.ts';
import { OUTCOMES, isOutcome, type Outcome } from '../../../src/domain/outcome.ts';
import { emptySummary } from '../../../src/domain/summary/empty-summary.ts';
import type { Summary } from '../../../src/domain/summary/summary.ts';
import { History } from '../metrics/history.ts';

/** The summary of a history. */
export function summaryOf(tell: (history: History) => void): Summary {
  const history = new History().start();
  tell(history);
  return history.events.reduce<Summary>(foldEvent, emptySummary('mine'));
}

/** An iteration as a test tells it; `said` as `saidOf` makes it. */
export interface Played {
  readonly said?: string;
  readonly target?: string | null;
  readonly outcome?: Outcome;
  readonly reason?: string;
  /** Gate → why it failed; null: it passed. */
  readonly gates?: Readonly<Record<string, string | null>>;
}

export function play(history: History, played: Played = {}): History {
  const { said = '', target = null, outcome = 'succeeded', reason = '', gates = {} } = played;
  history.begin(target);
  const { iteration } = history;
  for (const [gate, why] of Object.entries(gates)) {
    const details = { gate, passed: why === null, reason: why, tests: null, retried: false };
    history.record('validation', details, { iteration });
  }
  const verdicts = Object.values(gates);
  const validation = verdicts.length === 0 ? null : verdicts.every((why) => why === null);
  return history
    .wait(60)
    .end({ target, outcome, reason, validation, findings: { ...NOTHING_FOUND, said } });
}

/** All that agents, tasks and gates can say: words, code, scripts of the world, emoji, what is no text at all. */
export const anyText = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 1_200 }),
    fc.string({ unit: 'grapheme', maxLength: 600 }),
    fc
      .constantFrom('👩‍👩‍👧‍👦', '漢', 'я', 'x', '\u0007', '\u202e', '\u2028', '\ud800')
      .chain((unit) =>
        fc.integer({ min: 0, max: 1_200 }).map((count) => unit.repeat(count).slice(0, 1_200)),
      ),
    fc.array(fc.constantFrom('open: ', 'learned: ', 'next: ', 'changed: ', '> ', '- ', '# ', 'it')),
  )
  .map((text) => (Array.isArray(text) ? text.join('\n') : text));

const targets = fc.oneof(
  fc.constantFrom(null, 'redis', 'postgres', '__proto__', '7', ''),
  anyText.map((text) => text.slice(0, 300)),
);

const lists = fc
  .array(fc.tuple(fc.constantFrom('', 'open: ', 'learned: ', 'next: ', 'changed: '), anyText), {
    maxLength: 6,
  })
  .map((lines) =>
    lines
      .map(([kind, text]) => `${kind}${text}`)
      .join('\n')
      .slice(0, 1_200),
  );

const anyPlayed: fc.Arbitrary<Played> = fc.record({
  said: lists,
  target: targets,
  outcome: fc.constantFrom(...Object.keys(OUTCOMES).filter(isOutcome)),
  reason: anyText,
  gates: fc.dictionary(fc.string({ maxLength: 80 }), fc.option(anyText), { maxKeys: 3 }),
});

export const anyHistory: fc.Arbitrary<readonly Played[]> = fc.array(anyPlayed, {
  minLength: 1,
  maxLength: 14,
});
