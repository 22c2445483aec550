/** Exit codes every command shares; contract.md section 2. */
export const EXIT = {
  ok: 0,
  internal: 1,
  usage: 2,
  notRunning: 3,
  stale: 4,
  hangup: 129,
  interrupt: 130,
  usageLimit: 142,
  terminated: 143,
  configuration: 150,
  agentMissing: 151,
  lockHeld: 152,
  resourceExhausted: 153,
  network: 154,
  access: 155,
  state: 156,
  partial: 157,
  cap: 158,
} as const;

export interface AutoloopErrorFacts {
  /** Process exit code, one of EXIT. */
  readonly code: number;
  /** What is wrong, with the value. */
  readonly message: string;
  /** The next command or change that mends it. */
  readonly fix?: string;
  readonly cause?: unknown;
}

/** What a program of several files has several classes of is one kind of error all the same. */
const BRAND = Symbol.for('autoloop/error');

/** Trouble for the operator: says what, which value, and the fix. Everything else thrown is a bug. */
export class AutoloopError extends Error {
  override readonly name = 'AutoloopError';
  readonly [BRAND] = true;
  readonly code: number;
  readonly fix: string | null;

  constructor(facts: AutoloopErrorFacts) {
    super(facts.message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.code = facts.code;
    this.fix = facts.fix ?? null;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return this === AutoloopError
      ? typeof value === 'object' && value !== null && BRAND in value
      : Function.prototype[Symbol.hasInstance].call(this, value);
  }
}

/** The same facts for any thrown value; what is no AutoloopError is internal, code 1. */
export function describeError(error: unknown): {
  code: number;
  message: string;
  fix: string | null;
} {
  if (error instanceof AutoloopError) {
    return { code: error.code, message: error.message, fix: error.fix };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: EXIT.internal, message, fix: null };
}
