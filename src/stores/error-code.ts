/** The system's name of what went wrong (`ENOSPC`, …); null for what is no system error. */
export function errorCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : null;
}
