import { objectOf, textOf, type JsonObject } from '../json-line.ts';

/** How a turn ended, of which a process has one: what Codex itself says last. */
export type TurnEnd =
  | { readonly isFailure: false }
  /** Codex's own words, or the service's; it tells no code beside them. */
  | { readonly isFailure: true; readonly words: string };

/** null: the line ends no turn. */
export function readTurnEnd(line: JsonObject): TurnEnd | null {
  switch (line.type) {
    case 'turn.completed':
      return { isFailure: false };
    case 'turn.failed':
      return { isFailure: true, words: textOf(objectOf(line.error).message) ?? '' };
    default:
      return null;
  }
}
