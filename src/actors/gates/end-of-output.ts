/** Its last lines: what went wrong stands at the end. Whole lines where they are not too long, never half a character. */
export function endOfOutput(output: string, longest: number): string {
  const text = output.trimEnd();
  if (text.length <= longest) {
    return text;
  }
  const tail = text.slice(-longest);
  const lineStart = tail.indexOf('\n') + 1;
  const kept = lineStart > 0 && lineStart < longest / 2 ? tail.slice(lineStart) : tail;
  return `[${text.length - kept.length} characters left out]\n${kept.toWellFormed()}`;
}
