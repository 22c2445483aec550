/** Columns a text takes on a terminal: wide characters take two, those that are not seen none. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    width += UNSEEN.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  }
  return width;
}

/** At most so many columns, the last of them an ellipsis where something is missing. */
export function fitText(text: string, columns: number): string {
  if (textWidth(text) <= columns) {
    return text;
  }
  let fitting = '';
  let width = 1;
  for (const character of text) {
    width += textWidth(character);
    if (width > columns) {
      break;
    }
    fitting += character;
  }
  return `${fitting}…`;
}

/** One line without control characters: what an agent or a file name says must not steer the terminal. */
export function oneLine(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\p{Cc}/gu, '')
    .trim();
}

/** As it is, without control characters other than line ends and tabs. */
export function harmless(text: string): string {
  return text.replaceAll(/(?![\n\t])\p{Cc}/gu, '');
}

const UNSEEN = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]$/u;
const WIDE = /^(?:\p{Emoji_Presentation}|[ᄀ-ᅟ⺀-꓏가-힣豈-﫿︰-﹯！-｠￠-￦])$/u;
