import type { WorkerWords } from '../../runner/worker-words.ts';

/** Takes output piece by piece and hands on what a person wants to read of it, a line each. */
export class WordsOfOutput {
  readonly #read: WorkerWords;
  readonly #write: (text: string) => void;
  #unfinished = '';
  #isEmpty = true;

  constructor(read: WorkerWords, write: (text: string) => void) {
    this.#read = read;
    this.#write = write;
  }

  /** Nothing of it was worth a line. */
  get isEmpty(): boolean {
    return this.#isEmpty;
  }

  add(text: string): void {
    const lines = `${this.#unfinished}${text}`.split('\n');
    this.#unfinished = lines.pop() ?? '';
    lines.forEach((line) => this.#tell(line));
  }

  /** No more will come: its last line may have no end. */
  end(): void {
    this.#tell(this.#unfinished);
    this.#unfinished = '';
  }

  #tell(line: string): void {
    const words = line.trim() === '' ? null : this.#read(line);
    if (words !== null) {
      this.#isEmpty = false;
      this.#write(`${words}\n`);
    }
  }
}
