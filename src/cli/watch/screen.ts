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
  /** Another key was pressed; the screen is drawn anew after it. */
  readonly press?: (key: string, size: Size) => void;
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
    const size = this.#size();
    const lines = this.#use.render(size).slice(0, size.rows);
    const picture = lines.map((line) => `${line}${CLEAR_LINE}`).join('\r\n');
    if (this.#isOpen && picture !== this.#drawn) {
      this.#drawn = picture;
      this.#terminal.write(`${BEGIN}${picture}${CLEAR_BELOW}${END}`);
    }
  }

  #size(): Size {
    return { columns: this.#terminal.columns, rows: process.stdout.rows || 24 };
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
    for (const key of keysIn(bytes.toString('utf8'))) {
      if (LEAVING.has(key)) {
        this.#use.leave();
      } else {
        this.#use.press?.(key, this.#size());
      }
    }
    this.draw();
  };
}

/** Several may come at once: from a paste, or from keys that are held down. */
function keysIn(text: string): readonly string[] {
  // oxlint-disable-next-line no-control-regex -- keys that are no letters begin with it
  return text.match(/\u001B\[[\d;]*[A-Za-z~]|[^]/g) ?? [];
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
