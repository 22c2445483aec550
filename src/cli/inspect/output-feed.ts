import { join } from 'node:path';
import type { LoopStatus } from '../../domain/loop-status.ts';
import type { AgentOutput, PageNews } from '../../inspect/page-news.ts';
import { dataPaths } from '../../stores/data-paths.ts';
import { markAt } from '../../stores/file-mark.ts';
import { youngestOutput } from '../../stores/output-files.ts';
import { agentsOf } from '../history/agents-of.ts';
import { outputTail } from '../history/output-tail.ts';
import { outputWords } from '../history/output-words.ts';
import { harmless } from '../tables/text-width.ts';

const LOOK_MS = 400;
const MOST_LINES = 80;
const LONGEST_LINE = 2_000;

/** The end of what the agents of the iteration at hand said, as `logs --iteration` words it. */
export class OutputFeed {
  readonly #told: (news: PageNews) => void;
  readonly #timer: NodeJS.Timeout;
  #status: LoopStatus | null = null;
  #mark = '';
  #output: AgentOutput | null = null;
  #isLooking = false;

  constructor(told: (news: PageNews) => void) {
    this.#told = told;
    this.#timer = setInterval(() => void this.look(), LOOK_MS);
  }

  see(status: LoopStatus): void {
    this.#status = status;
  }

  whole(): PageNews {
    return { kind: 'output', output: this.#output };
  }

  end(): void {
    clearInterval(this.#timer);
  }

  /** What cannot be read now may be so the next time. */
  async look(): Promise<void> {
    if (this.#isLooking || this.#status === null) {
      return;
    }
    this.#isLooking = true;
    try {
      await this.#read(this.#status);
    } catch {
      this.#mark = '';
    } finally {
      this.#isLooking = false;
    }
  }

  async #read({ dataDir, iteration }: LoopStatus): Promise<void> {
    const paths = dataPaths(dataDir);
    const name = `${String(iteration).padStart(6, '0')}.log`;
    const path = youngestOutput(join(paths.iterations, name))?.path ?? null;
    const mark = `${iteration} ${path} ${JSON.stringify(path && markAt(path))}`;
    if (mark === this.#mark) {
      return;
    }
    const words = path === null ? null : await outputWords(agentsOf(paths, iteration));
    const lines = path === null ? [] : outputTail(path, words, MOST_LINES);
    this.#mark = mark;
    this.#output =
      iteration === 0
        ? null
        : { iteration, lines: lines.map((line) => harmless(line).slice(0, LONGEST_LINE)) };
    this.#told(this.whole());
  }
}
