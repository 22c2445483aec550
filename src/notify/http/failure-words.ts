/** Why there is no answer. Messages of Node are not repeated as they are: some name the whole address. */
export function failureWords(
  error: unknown,
  { ended, late }: { readonly ended: boolean; readonly late: boolean },
): string {
  if (ended) {
    return 'the runner ended before it answered';
  }
  if (late) {
    return 'it did not answer within 10 s';
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown trouble';
  return WORDS[code] ?? `it could not be reached (${code})`;
}

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'it refused the connection',
  ECONNRESET: 'it broke the connection off',
  ENOTFOUND: 'its host was not found',
  EAI_AGAIN: 'its host could not be looked up',
};
