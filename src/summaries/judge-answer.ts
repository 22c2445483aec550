import { plainLines } from '../domain/summary/text/plain-text.ts';
import { ModelFailure } from './ollama/model-failure.ts';

/** The words of a model, in lines, without what it thought. Throws ModelFailure where they are no summary of anything. */
export function judgeAnswer(answer: string): string {
  const said = answer.replaceAll(/<think(?:ing)?>.*?(?:<\/think(?:ing)?>|$)/gs, '');
  const text = plainLines(said).join('\n');
  if (text === '') {
    throw new ModelFailure('empty', 'its answer is empty');
  }
  const objection = ABSURD.find(({ is }) => is(text));
  if (objection) {
    throw new ModelFailure(
      `absurd: ${objection.what}`,
      `its answer is no summary: ${objection.what}`,
    );
  }
  return text;
}

const FEWEST_LETTERS = 20;
const ABSURD: readonly { readonly what: string; readonly is: (text: string) => boolean }[] = [
  { what: 'it is too short', is: (text) => letters(text) < FEWEST_LETTERS },
  { what: 'it is hardly made of words', is: (text) => letters(text) < 0.5 * count(text, /\S/gu) },
  { what: 'it says the same again and again', is: repeatsItself },
  {
    what: 'the model declines',
    is: (text) => /^(?:i['\u2019]?m sorry|sorry,|i (?:cannot|can['\u2019]t))/i.test(text),
  },
];

function letters(text: string): number {
  return count(text, /\p{L}/gu);
}

function count(text: string, what: RegExp): number {
  return text.match(what)?.length ?? 0;
}

/** What loops is caught by its words; what is written without spaces, by its characters. */
function repeatsItself(text: string): boolean {
  const words = text.toLowerCase().split(/\s+/);
  const characters = text.match(/\S/gu) ?? [];
  return (
    (words.length >= 20 && new Set(words).size < words.length / 5) ||
    (characters.length >= 40 && new Set(characters).size < 8)
  );
}
