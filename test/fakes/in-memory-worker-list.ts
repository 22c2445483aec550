import type { AttemptKey } from '../../src/domain/attempt.ts';
import type { ProcessIdentity } from '../../src/domain/process-identity.ts';
import type { LiveWorker, WorkerList } from '../../src/ports/worker-list.ts';

export class InMemoryWorkerList implements WorkerList {
  #workers: readonly LiveWorker[] = [];

  list(): readonly LiveWorker[] {
    return this.#workers;
  }

  add({ pid, startTicks }: ProcessIdentity, { iteration, attempt }: AttemptKey): void {
    this.remove({ iteration, attempt });
    this.#workers = [...this.#workers, { pid, startTicks, iteration, attempt }];
  }

  remove(key: AttemptKey): void {
    this.#workers = this.#workers.filter(
      (worker) => worker.iteration !== key.iteration || worker.attempt !== key.attempt,
    );
  }
}
