import { closeSync, fstatSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { LoopStatus } from '../../domain/loop-status.ts';
import type { CliContext } from '../cli-context.ts';
import { openRegular } from '../../stores/open-regular.ts';
import { youngestOutput } from '../../stores/output-files.ts';
import { loadWorkerWords, type WorkerWords } from '../../runner/worker-words.ts';
import { fitText } from '../tables/text-width.ts';
import { statusLines } from './status-lines.ts';

const REDRAW_EVERY_MS = 250;
const TAIL_BYTES = 8_192;
const UP = (lines: number): string => (lines > 0 ? `\u001B[${lines}A` : '');
const CLEAR_BELOW = '\r\u001B[J';
const HIDE_CURSOR = '\u001B[?25l';
const SHOW_CURSOR = '\u001B[?25h';

/** A few lines redrawn in place; what is printed scrolls above them. */
export class LiveBlock {
  readonly #context: CliContext;
  readonly #timer: NodeJS.Timeout;
  readonly #words = new Map<string, WorkerWords>();
  #status: LoopStatus | null = null;
  #drawn = 0;
  #closed = false;

  constructor(context: CliContext) {
    this.#context = context;
    this.#timer = setInterval(() => this.#draw(), REDRAW_EVERY_MS);
    this.#timer.unref();
    context.terminal.write(HIDE_CURSOR);
  }

  show(status: LoopStatus): void {
    this.#status = status;
  }

  print(line: string): void {
    this.#erase();
    this.#context.terminal.write(`${line}\n`);
    this.#draw();
  }

  close(): void {
    if (!this.#closed) {
      this.#closed = true;
      clearInterval(this.#timer);
      this.#erase();
      this.#context.terminal.write(SHOW_CURSOR);
    }
  }

  #erase(): void {
    this.#context.terminal.write(`${UP(this.#drawn)}${CLEAR_BELOW}`);
    this.#drawn = 0;
  }

  #draw(): void {
    if (!this.#status || this.#closed) {
      return;
    }
    const { columns } = this.#context.terminal;
    const lines = statusLines(this.#status, { now: Date.now(), said: this.#lastWords() });
    const fitting = lines.map((line) => fitText(line, columns - 1));
    this.#context.terminal.write(`${UP(this.#drawn)}${CLEAR_BELOW}${fitting.join('\n')}\n`);
    this.#drawn = fitting.length;
  }

  /** The last line of the agent that a person wants to read. */
  #lastWords(): string | null {
    const status = this.#status;
    if (!status?.worker) {
      return null;
    }
    const words = this.#wordsOf(status.worker.agent);
    const name = `${String(status.iteration).padStart(6, '0')}.log`;
    const output = youngestOutput(join(status.dataDir, 'iterations', name));
    const lines = (output === null ? '' : tailOf(output.path)).split('\n').toReversed();
    for (const line of lines) {
      const said = line.trim() === '' ? null : words(line);
      if (said !== null) {
        return said;
      }
    }
    return null;
  }

  /** Nothing is understood until its adapter is there. */
  #wordsOf(agent: string): WorkerWords {
    if (!this.#words.has(agent)) {
      this.#words.set(agent, () => null);
      void loadWorkerWords(agent).then((words) => this.#words.set(agent, words));
    }
    return this.#words.get(agent) ?? (() => null);
  }
}

function tailOf(path: string): string {
  try {
    const fd = openRegular(path, 'r');
    try {
      const { size } = fstatSync(fd);
      const start = Math.max(0, size - TAIL_BYTES);
      const buffer = Buffer.alloc(size - start);
      readSync(fd, buffer, 0, buffer.length, start);
      return buffer.toString();
    } finally {
      closeSync(fd);
    }
  } catch {
    return '';
  }
}
