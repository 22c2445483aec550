import { reportBlock } from './report-block.ts';

/** A session in which the model writes one file, then tells what it did. */
export interface Edit<Turn> {
  /** Absolute, or relative to the agent's working directory. */
  readonly path: string;
  /** The file's new content; `turn.session` tells one run from the next. */
  readonly content: Words<Turn>;
  /** The final message. Default: a sentence and a report block. */
  readonly answer?: Words<Turn>;
}

export type Words<Turn> = string | ((turn: Turn) => string);

export function spoken<Turn>(words: Words<Turn>, turn: Turn): string {
  return typeof words === 'string' ? words : words(turn);
}

export function finalMessage<Turn extends { readonly session: number }>(
  { path, answer }: Edit<Turn>,
  turn: Turn,
): string {
  if (answer !== undefined) {
    return spoken(answer, turn);
  }
  const report = reportBlock({
    target: path,
    status: 'success',
    changes: [`wrote ${path} (session ${turn.session})`],
  });
  return `I changed ${path}.\n\n${report}`;
}
