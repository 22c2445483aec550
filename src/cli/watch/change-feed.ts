import type { CliContext } from '../cli-context.ts';
import type { FoundLoop } from '../status/all-loops.ts';
import { describeStatus } from '../status/describe-status.ts';
import { statusDocument } from '../status/status-document.ts';
import { statusTable } from '../status/status-table.ts';

/** Where nothing can be drawn in place: a block, or with `--json` a line for each loop, whenever something changed. */
export class ChangeFeed {
  readonly #context: CliContext;
  readonly #isAll: boolean;
  readonly #told = new Map<string, string>();
  #hasSaidNone = false;

  constructor(context: CliContext, isAll: boolean) {
    this.#context = context;
    this.#isAll = isAll;
  }

  tell(loops: readonly FoundLoop[]): void {
    if (loops.length === 0 && !this.#hasSaidNone) {
      this.#hasSaidNone = true;
      this.#context.terminal.notice('No loop has run here yet. Begin with: autoloop init');
    }
    const changed = loops.filter((found) => this.#isNews(found));
    if (changed.length === 0) {
      return;
    }
    const { globals, terminal } = this.#context;
    if (globals.json) {
      changed.forEach((found) => terminal.write(`${JSON.stringify(statusDocument(found))}\n`));
    } else {
      terminal.write(`${this.#isAll ? statusTable(this.#context, loops) : this.#block(changed)}\n`);
    }
  }

  #block(loops: readonly FoundLoop[]): string {
    return loops
      .map((found) =>
        'reading' in found ? describeStatus(this.#context, found.reading) : `${found.trouble}\n`,
      )
      .join('\n');
  }

  #isNews(found: FoundLoop): boolean {
    const now = JSON.stringify(statusDocument(found), (name, value: unknown) =>
      STEADY_CHANGES.includes(name) ? undefined : value,
    );
    const isNews = this.#told.get(found.loop) !== now;
    this.#told.set(found.loop, now);
    return isNews;
  }
}

/** What is another value at each look. */
const STEADY_CHANGES: readonly string[] = ['runtimeSeconds', 'limitWaitSeconds', 'lastOutputAt'];
