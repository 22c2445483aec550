/** The text's first line that says something, safe to print on a terminal; '' if none does. Longer ones are cut to `limit` characters. */
export function plainLine(text: string, limit: number): string {
  const line = firstWords(text);
  return line.length <= limit ? line : `${line.slice(0, limit - 1).replace(LONE_HALF, '')}…`;
}

// A control sequence (colours, cursor, window title) or a control character alone: agents repeat what files and web pages hold.
const CONTROL = /\p{Cc}(?:\[[0-?]*[ -/]*[@-~]|\][^\p{Cc}]*(?:\p{Cc}\\?)?)?/gu;
// They would make a line read other than it is.
const DIRECTION = /[\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
const LONE_HALF = /[\uD800-\uDBFF]$/;

function firstWords(text: string): string {
  for (const line of text.split('\n')) {
    const words = withoutControls(line);
    if (words !== '') {
      return words;
    }
  }
  return '';
}

function withoutControls(line: string): string {
  return line.replaceAll('\t', ' ').replace(CONTROL, '').replace(DIRECTION, '').trim();
}
