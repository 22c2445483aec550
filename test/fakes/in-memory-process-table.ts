import type { ProcessIdentity } from '../../src/domain/process-identity.ts';
import type { ProcessTable } from '../../src/ports/process-table.ts';

type Signal = Parameters<ProcessTable['signal']>[1];

/** Processes that live until a test, or SIGKILL, ends them. */
export class InMemoryProcessTable implements ProcessTable {
  /** Every signal that reached somebody, in order. */
  readonly signals: { readonly pid: number; readonly signal: Signal }[] = [];
  readonly #alive = new Set<string>();

  start(identity: ProcessIdentity): void {
    this.#alive.add(name(identity));
  }

  end(identity: ProcessIdentity): void {
    this.#alive.delete(name(identity));
  }

  isAlive(identity: ProcessIdentity): boolean {
    return this.#alive.has(name(identity));
  }

  signal(identity: ProcessIdentity, signal: Signal): boolean {
    if (!this.isAlive(identity)) {
      return false;
    }
    this.signals.push({ pid: identity.pid, signal });
    if (signal === 'SIGKILL') {
      this.end(identity);
    }
    return true;
  }
}

function name({ pid, startTicks, bootId }: ProcessIdentity): string {
  return `${pid} ${startTicks} ${bootId}`;
}
