import { QUESTIONS } from '../questions.ts';
import type { Answer, Answers } from '../report.ts';
import { html, type Markup } from './markup.ts';
import type { Heading } from './section-facts.ts';

/** The four questions and what the events answer. */
export function answerCards(answers: Answers, heading: Heading): Markup {
  const cards = QUESTIONS.map(([name, question]) => card(question, answers[name], heading));
  return html`<div class="answers">${cards}</div> `;
}

function card(question: string, { verdict, answer, because }: Answer, heading: Heading): Markup {
  const points = because.map((point) => html`<li>${point}</li>`);
  return html`<section class="card ${verdict}">
    ${heading(question)}
    <p class="answer">
      <span class="sign" role="img" aria-label="${SIGNS[verdict].words}"
        >${SIGNS[verdict].sign}</span
      >
      ${answer}
    </p>
    ${
      points.length === 0
        ? null
        : html`<ul>
            ${points}
          </ul>`
    }
  </section>`;
}

const SIGNS = {
  good: { sign: '✓', words: 'good:' },
  warn: { sign: '!', words: 'look at it:' },
  bad: { sign: '✗', words: 'bad:' },
  unknown: { sign: '–', words: 'not known:' },
} as const;
