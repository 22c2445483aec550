/** Names that a user wrote in one text, with spaces or commas between. */
export function namesIn(written: string): readonly string[] {
  return written.split(/[\s,;]+/).filter(Boolean);
}
