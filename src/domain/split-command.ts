/** Words of a command line: spaces part them, quotes and backslashes hold together. null: a quote is not closed. */
export function splitCommand(text: string): string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (/\s/.test(character)) {
      words.push(...(word === null ? [] : [word]));
      word = null;
    } else if (character === "'" || character === '"') {
      const quoted = readQuoted(text, at);
      if (quoted === null) {
        return null;
      }
      word = (word ?? '') + quoted.content;
      at = quoted.end;
    } else if (character === '\\') {
      if (at + 1 >= text.length) {
        return null;
      }
      at += 1;
      word = (word ?? '') + (text[at] ?? '');
    } else {
      word = (word ?? '') + character;
    }
  }
  return word === null ? words : [...words, word];
}

function readQuoted(text: string, start: number): { content: string; end: number } | null {
  const quote = text[start];
  let content = '';
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character === quote) {
      return { content, end: at };
    }
    if (character === '\\' && quote === '"' && /["\\$`]/.test(text[at + 1] ?? '')) {
      at += 1;
      content += text[at] ?? '';
    } else {
      content += character;
    }
  }
  return null;
}
