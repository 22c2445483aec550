import type { AttemptClaim, AttemptKey, AttemptResult } from '../../src/domain/attempt.ts';
import type { AttemptStore, KeptCopy } from '../../src/ports/attempt-store.ts';

interface Attempt {
  claim: AttemptClaim | null;
  result: AttemptResult | null;
  isGone: boolean;
  readonly watchers: Set<() => void>;
}

export class InMemoryAttemptStore implements AttemptStore {
  readonly #attempts = new Map<string, Attempt>();
  #lastIteration = 0;
  readonly copies = new Map<string, string>();

  directory(key: AttemptKey): string {
    this.#at(key);
    return `/in-memory/iterations/${name(key)}`;
  }

  logFile(iteration: number): string {
    return `/in-memory/iterations/${sixDigits(iteration)}.log`;
  }

  readClaim(key: AttemptKey): AttemptClaim | null {
    return this.#attempts.get(name(key))?.claim ?? null;
  }

  readResult(key: AttemptKey): AttemptResult | null {
    return this.#attempts.get(name(key))?.result ?? null;
  }

  claim(key: AttemptKey, claim: AttemptClaim): boolean {
    const attempt = this.#at(key);
    const isFirst = attempt.claim === null;
    attempt.claim ??= structuredClone(claim);
    tell(attempt);
    return isFirst;
  }

  settle(key: AttemptKey, result: AttemptResult): boolean {
    const attempt = this.#at(key);
    const isFirst = attempt.result === null;
    attempt.result ??= structuredClone(result);
    tell(attempt);
    return isFirst;
  }

  keep(iteration: number, { name: file, text }: KeptCopy): void {
    this.copies.set(`${sixDigits(iteration)}/${file}`, text);
  }

  kept(iteration: number, file: KeptCopy['name']): string | null {
    return this.copies.get(`${sixDigits(iteration)}/${file}`) ?? null;
  }

  restoreClaim(key: AttemptKey, claim: AttemptClaim): void {
    const attempt = this.#at(key);
    attempt.claim = structuredClone(claim);
    tell(attempt);
  }

  prune(): number {
    return 0;
  }

  discardForeign(): readonly string[] {
    return [];
  }

  empty(key: AttemptKey): readonly string[] {
    const attempt = this.#at(key);
    const { claim, result } = attempt;
    Object.assign(attempt, { claim: null, result: null });
    tell(attempt);
    return [...(claim ? ['claim.json'] : []), ...(result ? ['result.json'] : [])];
  }

  exists(key: AttemptKey): boolean {
    return this.#attempts.get(name(key))?.isGone === false;
  }

  /** As if somebody had deleted the directory. */
  forget(key: AttemptKey): void {
    const attempt = this.#at(key);
    attempt.claim = null;
    attempt.result = null;
    attempt.isGone = true;
    tell(attempt);
  }

  watch(key: AttemptKey, changed: () => void): () => void {
    const { watchers } = this.#at(key);
    const watcher = (): void => queueMicrotask(() => watchers.has(watcher) && changed());
    watchers.add(watcher);
    watcher();
    return () => watchers.delete(watcher);
  }

  lastIteration(): number {
    return this.#lastIteration;
  }

  #at(key: AttemptKey): Attempt {
    const found = this.#attempts.get(name(key));
    const attempt = found ?? { claim: null, result: null, isGone: false, watchers: new Set() };
    attempt.isGone = false;
    this.#attempts.set(name(key), attempt);
    this.#lastIteration = Math.max(this.#lastIteration, key.iteration);
    return attempt;
  }
}

function tell(attempt: Attempt): void {
  for (const watcher of attempt.watchers) {
    watcher();
  }
}

function name({ iteration, attempt }: AttemptKey): string {
  return `${sixDigits(iteration)}/attempt-${attempt}`;
}

function sixDigits(iteration: number): string {
  return String(iteration).padStart(6, '0');
}
