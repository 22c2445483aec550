/** Why a model put nothing into words: expected trouble, told once. */
export class ModelFailure extends Error {
  /** The same for the same trouble, whatever its words. */
  readonly reason: string;

  constructor(reason: string, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** What a connection throws, in words. */
export function asFailure(error: unknown): ModelFailure {
  if (error instanceof ModelFailure) {
    return error;
  }
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const words = cause instanceof Error ? cause.message || code : String(cause);
  return new ModelFailure(
    `unreachable ${code}`,
    `Ollama cannot be reached (${words || 'no reason told'})`,
  );
}

/** Something else listens there. */
export function noOllama(): ModelFailure {
  return new ModelFailure('no Ollama', 'what answers there does not speak as Ollama does');
}
