/** What of an agent's last message is kept: at most 8,000 characters, the end of it, where the report stands. */
export function lastWords(message: string): string {
  return message.slice(-LONGEST_LAST_WORDS);
}

export const LONGEST_LAST_WORDS = 8_000;
