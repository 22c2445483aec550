/** Somebody else's words in one line: nothing in it moves the cursor, hides, or begins a line of its own. */
export function plainLine(text: string): string {
  const line = ASCII.test(text) ? text : visible(text);
  return line.replaceAll(/\s+/g, ' ').trim();
}

/** Somebody else's words as lines of which none is empty. */
export function plainLines(text: string): readonly string[] {
  return text
    .split(LINE_ENDS)
    .map(plainLine)
    .filter((line) => line !== '');
}

/** Most of what is said: nothing in it hides. */
const ASCII = /^[\t\n\r\x20-\x7e]*$/;
/** All that Unicode takes for the end of a line. */
const LINE_ENDS = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/;
/** Control characters, and invisible ones but the joiners that emoji and some scripts need. */
const UNSEEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}]/gu;

function visible(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\s\u0085]+/g, ' ')
    .replaceAll(UNSEEN, '');
}
