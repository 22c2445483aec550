export interface ProseLine {
  readonly text: string;
  /** From 1. */
  readonly number: number;
  /** Level of a heading; 7 for a line that is bold as a whole, which many write for one; null: no heading. */
  readonly heading: number | null;
}

const BOLD_LINE = 7;

/** The lines of a Markdown text that are neither code nor comment. */
export function proseLines(markdown: string): ProseLine[] {
  const lines = markdown.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const prose: ProseLine[] = [];
  let fence: string | null = null;
  let isInComment = false;
  for (const [index, raw] of lines.entries()) {
    const mark = isInComment ? null : fenceOf(raw);
    if (fence !== null) {
      fence = mark !== null && closes(mark, fence, raw) ? null : fence;
      continue;
    }
    if (mark !== null) {
      fence = mark;
      continue;
    }
    const { text, isOpen } = withoutComments(raw, isInComment);
    isInComment = isOpen;
    const heading = levelOf(text, lines[index + 1] ?? '');
    prose.push({ text, number: index + 1, heading });
  }
  return prose;
}

function fenceOf(line: string): string | null {
  return /^[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)?(`{3,}(?!.*`)|~{3,})/.exec(line)?.[1] ?? null;
}

/** As long as the opening one, of the same sign, and nothing behind it. */
function closes(mark: string, fence: string, line: string): boolean {
  return mark[0] === fence[0] && mark.length >= fence.length && line.trimEnd().endsWith(mark);
}

function withoutComments(line: string, isInside: boolean): { text: string; isOpen: boolean } {
  let text = '';
  let isOpen = isInside;
  for (let at = 0; at < line.length;) {
    const end = line.indexOf(isOpen ? '-->' : '<!--', at);
    const stop = end === -1 ? line.length : end;
    text += isOpen ? '' : line.slice(at, stop);
    if (end === -1) {
      break;
    }
    at = end + (isOpen ? 3 : 4);
    isOpen = !isOpen;
  }
  return { text, isOpen };
}

function levelOf(text: string, next: string): number | null {
  const hashes = /^ {0,3}(#{1,6})(?:\s|$)/.exec(text)?.[1];
  if (hashes !== undefined) {
    return hashes.length;
  }
  const trimmed = text.trim();
  if (trimmed === '' || /^[-*+>|]\s|^\d{1,9}[.)]\s/.test(trimmed)) {
    return null;
  }
  const underline = /^ {0,3}(=+|-+)[ \t]*$/.exec(next)?.[1];
  if (underline !== undefined) {
    return underline.startsWith('=') ? 1 : 2;
  }
  return /^(?:\*\*|__)[^*_]+(?:\*\*|__)[^\p{L}\p{N}]*$/u.test(trimmed) ? BOLD_LINE : null;
}
