import type { Terminal } from '../cli-context.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export interface ScreenUse {
  /** Lines no wider and no more than fit. */
  readonly render: (size: Size) => readonly string[];
  /** The user wants to leave. */
  readonly leave: () => void;
}

/**
 * The terminal's other screen: what was on it before is there again afterwards, also when the process ends in any
 * other way than by SIGKILL. Each picture is written as a whole and over the former one, so that nothing flickers.
 */
export class Screen {
  readonly #terminal: Terminal;
  readonly #use: ScreenUse;
  readonly #timer: NodeJS.Timeout;
  #drawn = '';
  #isOpen = true;

  constructor(terminal: Terminal, use: ScreenUse) {
    this.#terminal = terminal;
    this.#use = use;
    terminal.write(ENTER);
    process.stdin.setRawMode(true);
    process.stdin.on('data', this.#press);
    process.stdout.on('resize', this.#begin);
    process.on('SIGCONT', this.#begin);
    process.on('exit', this.close);
    this.#timer = setInterval(() => this.draw(), COUNTS_EVERY_MS);
    this.draw();
  }

  draw(): void {
    const { columns } = this.#terminal;
    const rows = process.stdout.rows || 24;
    const lines = this.#use.render({ columns, rows }).slice(0, rows);
    const picture = lines.map((line) => `${line}${CLEAR_LINE}`).join('\r\n');
    if (this.#isOpen && picture !== this.#drawn) {
      this.#drawn = picture;
      this.#terminal.write(`${BEGIN}${picture}${CLEAR_BELOW}${END}`);
    }
  }

  readonly close = (): void => {
    if (this.#isOpen) {
      this.#isOpen = false;
      clearInterval(this.#timer);
      process.stdin.off('data', this.#press);
      process.stdout.off('resize', this.#begin);
      process.off('SIGCONT', this.#begin);
      process.off('exit', this.close);
      process.stdin.setRawMode(false);
      process.stdin.pause();
      this.#terminal.write(LEAVE);
    }
  };

  /** All of it anew: nobody knows what the terminal shows. */
  readonly #begin = (): void => {
    process.stdin.setRawMode(true);
    this.#drawn = '';
    this.#terminal.write(`${ENTER}${CLEAR}`);
    this.draw();
  };

  readonly #press = (bytes: Buffer): void => {
    if (LEAVING.has(bytes.toString('utf8'))) {
      this.#use.leave();
    }
  };
}

/** q, Ctrl-C, Ctrl-D, Esc. */
const LEAVING: ReadonlySet<string> = new Set(['q', 'Q', '\u0003', '\u0004', '\u001B']);
const COUNTS_EVERY_MS = 500;

const ENTER = '\u001B[?1049h\u001B[?25l';
const LEAVE = '\u001B[?25h\u001B[?1049l';
const CLEAR = '\u001B[2J';
const CLEAR_LINE = '\u001B[K';
const CLEAR_BELOW = '\u001B[J';
/** A terminal that knows of it shows nothing in between. */
const BEGIN = '\u001B[?2026h\u001B[H';
const END = '\u001B[?2026l';
