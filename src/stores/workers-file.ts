import type { AttemptKey } from '../domain/attempt.ts';
import type { ProcessIdentity } from '../domain/process-identity.ts';
import type { LiveWorker, WorkerList } from '../ports/worker-list.ts';
import { KeptFile } from './kept-file.ts';

/** `workers.pids`: a line per live worker, its fields parted by tabs. One writer: the runner that holds the lock. */
export class FileWorkerList implements WorkerList {
  readonly #file: KeptFile;

  constructor(path: string) {
    this.#file = new KeptFile(path);
  }

  get files(): readonly KeptFile[] {
    return [this.#file];
  }

  /** Lines that make no sense are left out. */
  list(): readonly LiveWorker[] {
    const lines = (this.#file.read() ?? '').split('\n');
    return lines.map(parseLine).filter((worker) => worker !== null);
  }

  /** A second worker of the same attempt takes the line of the first. */
  add({ pid, startTicks }: ProcessIdentity, { iteration, attempt }: AttemptKey): void {
    const worker = { pid, startTicks, iteration, attempt };
    this.#write([...this.list().filter((other) => !isSameAttempt(other, worker)), worker]);
  }

  remove(key: AttemptKey): void {
    const before = this.list();
    const after = before.filter((worker) => !isSameAttempt(worker, key));
    if (after.length < before.length) {
      this.#write(after);
    }
  }

  #write(workers: readonly LiveWorker[]): void {
    this.#file.write(workers.map(formatLine).join(''));
  }
}

function formatLine({ pid, startTicks, iteration, attempt }: LiveWorker): string {
  return `${pid}\t${startTicks}\t${iteration}\t${attempt}\n`;
}

function parseLine(line: string): LiveWorker | null {
  const match = LINE.exec(line);
  if (match === null) {
    return null;
  }
  const [, pid, startTicks = '', iteration, attempt] = match;
  return { pid: Number(pid), startTicks, iteration: Number(iteration), attempt: Number(attempt) };
}

const LINE = /^(\d+)\t([^\t]+)\t(\d+)\t(\d+)$/;

function isSameAttempt(left: AttemptKey, right: AttemptKey): boolean {
  return left.iteration === right.iteration && left.attempt === right.attempt;
}
