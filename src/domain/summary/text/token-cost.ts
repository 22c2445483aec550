/**
 * Thirds of a token that a text costs at most, in the long run: English and code have three characters to a token and
 * more. Other scripts are cut finer, down to their bytes: two bytes are taken for a token, three for two, and what is
 * beyond (emoji) for one a byte.
 */
export function tokenThirds(text: string): number {
  let thirds = 0;
  for (const character of text) {
    thirds += thirdsOf(character);
  }
  return thirds;
}

/** Tokens that a text costs at most. */
export function tokenCost(text: string): number {
  return Math.ceil(tokenThirds(text) / 3);
}

/** As much of a text as costs no more than so many tokens, at least 2; what was cut ends in `…`. */
export function cutToTokens(text: string, tokens: number): string {
  const most = tokens * 3;
  if (tokenThirds(text) <= most) {
    return text;
  }
  let thirds = thirdsOf(ELLIPSIS);
  let kept = '';
  for (const character of text) {
    thirds += thirdsOf(character);
    if (thirds > most) {
      break;
    }
    kept += character;
  }
  return `${kept.trimEnd()}${ELLIPSIS}`;
}

/** The first lines, as many as cost no more than so many tokens, line ends included. */
export function fittingLines(lines: readonly string[], tokens: number): readonly string[] {
  let left = tokens * 3;
  const fitting: string[] = [];
  for (const line of lines) {
    left -= tokenThirds(line) + 1;
    if (left < 0) {
      break;
    }
    fitting.push(line);
  }
  return fitting;
}

const ELLIPSIS = '…';

function thirdsOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) {
    return 1;
  }
  if (code < 0x800) {
    return 3;
  }
  return code < 0x10000 ? 6 : 12;
}
