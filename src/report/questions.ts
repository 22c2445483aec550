import type { Answers } from './report.ts';

/** What a report answers first, in this order. */
export const QUESTIONS: readonly (readonly [name: keyof Answers, question: string])[] = [
  ['progress', 'Is it making progress?'],
  ['cost', 'What does a success cost?'],
  ['trouble', 'What is going wrong?'],
  ['advice', 'What should I change?'],
];
