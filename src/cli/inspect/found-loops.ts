import { join } from 'node:path';
import { locateProject } from '../../config/locate-project.ts';
import type { InspectedLoops, Watching } from '../../inspect/inspected-loops.ts';
import type { LoopHistory } from '../../inspect/loop-history.ts';
import type { PageNews } from '../../inspect/page-news.ts';
import type { SteeringAnswer, SteeringCommand } from '../../inspect/steering.ts';
import { collectSecrets } from '../../redaction/known-secrets.ts';
import { createRedactor } from '../../redaction/redactor.ts';
import { dataPaths } from '../../stores/data-paths.ts';
import type { CliContext } from '../cli-context.ts';
import { loopRequest } from '../loop-request.ts';
import { loopsIn, readAllLoops, type FoundLoop } from '../status/all-loops.ts';
import { loopHistory } from './loop-history.ts';
import { loopRow } from './loop-row.ts';
import { LoopWatch } from './loop-watch.ts';
import { PatientLooks } from './patient-looks.ts';
import { steerFromPage } from './steer-from-page.ts';
import { understood } from './understood.ts';

const LOOK_MS = 1_000;

/** The loops of a data root, looked at once a second while anybody watches; whatever is told is redacted. */
export class FoundLoops implements InspectedLoops {
  readonly #context: CliContext;
  readonly #data: string;
  readonly #redactValue: <Value>(value: Value) => Value;
  readonly #watchers = new Set<Watcher>();
  readonly #patience = new PatientLooks();
  #found: readonly FoundLoop[] | null = null;
  #timer: NodeJS.Timeout | null = null;
  #isLooking = false;
  #looksAgain = false;

  constructor(context: CliContext) {
    this.#context = context;
    this.#data = locateProject(loopRequest(context)).data;
    this.#redactValue = createRedactor(collectSecrets(context.environment)).redactValue;
  }

  watch(loop: string | null, told: (news: PageNews) => void): Watching {
    const watcher = new Watcher({
      ...{ loop, data: this.#data, context: this.#context },
      told: (news) => told(this.#redactValue(news)),
      moved: () => void this.#look(),
    });
    this.#watchers.add(watcher);
    void this.#look();
    return {
      whole: () => this.#redactValue(watcher.whole()),
      end: () => {
        this.#watchers.delete(watcher);
        watcher.end();
      },
    };
  }

  async steer(loop: string, command: SteeringCommand): Promise<SteeringAnswer> {
    if (!loopsIn(this.#data).includes(loop)) {
      return { isDone: false, message: 'There is no such loop.' };
    }
    const answer = await steerFromPage(this.#context, loop, command);
    void this.#look();
    return this.#redactValue(answer);
  }

  async history(loop: string): Promise<LoopHistory | null> {
    if (!loopsIn(this.#data).includes(loop)) {
      return null;
    }
    const paths = dataPaths(join(this.#data, loop));
    return this.#redactValue(await loopHistory(paths, this.#redactValue));
  }

  /** One look at a time; what moved meanwhile is looked at right after. */
  async #look(): Promise<void> {
    if (this.#isLooking) {
      this.#looksAgain = true;
      return;
    }
    clearTimeout(this.#timer ?? undefined);
    this.#isLooking = true;
    do {
      this.#looksAgain = false;
      this.#found = await this.#read();
      this.#watchers.forEach((watcher) => watcher.see(this.#found ?? []));
    } while (this.#looksAgain);
    this.#isLooking = false;
    if (this.#watchers.size > 0) {
      this.#timer = setTimeout(() => void this.#look(), LOOK_MS);
    }
  }

  /** A folder that cannot be read for a while keeps what was seen last. */
  async #read(): Promise<readonly FoundLoop[]> {
    try {
      return this.#patience.at(await readAllLoops(this.#context), Date.now());
    } catch {
      return this.#found ?? [];
    }
  }
}

interface WatcherFacts {
  readonly loop: string | null;
  readonly data: string;
  readonly context: CliContext;
  readonly told: (news: PageNews) => void;
  readonly moved: () => void;
}

/** One page: the list of all loops, and the one that is chosen as soon as there is one of that name. */
class Watcher {
  readonly #facts: WatcherFacts;
  #list: PageNews = { kind: 'loops', loops: [] };
  #listText = '';
  #chosen: LoopWatch | null = null;
  #isMissing = false;
  #hasEnded = false;

  constructor(facts: WatcherFacts) {
    this.#facts = facts;
  }

  see(loops: readonly FoundLoop[]): void {
    if (this.#hasEnded) {
      return;
    }
    this.#tellList(loops);
    const { loop } = this.#facts;
    const found = loops.find((other) => other.loop === loop);
    if (found) {
      this.#chosen ??= new LoopWatch(join(this.#facts.data, found.loop), this.#facts);
      this.#chosen.see(found);
      this.#isMissing = false;
    } else if (loop !== null && !this.#isMissing) {
      this.#chosen?.end();
      this.#chosen = null;
      this.#isMissing = true;
      this.#facts.told({ kind: 'loop', loop: null });
    }
  }

  whole(): PageNews[] {
    return [this.#list, ...(this.#chosen?.whole() ?? [{ kind: 'loop', loop: null } as const])];
  }

  end(): void {
    this.#hasEnded = true;
    this.#chosen?.end();
  }

  #tellList(found: readonly FoundLoop[]): void {
    const loops = found.map((loop) => understood(loop, loopRow));
    const text = JSON.stringify(loops);
    if (text !== this.#listText) {
      this.#listText = text;
      this.#list = { kind: 'loops', loops };
      this.#facts.told(this.#list);
    }
  }
}
