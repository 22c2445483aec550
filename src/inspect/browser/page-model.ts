import type { RecordedEvent } from '../../domain/event.ts';
import type {
  ActorView,
  InspectionBatch,
  MachineNews,
  MachineView,
} from '../../domain/inspection.ts';
import type { AgentOutput, LoopRow, LoopView, PageNews } from '../page-news.ts';
import { ROOT, type Happening, type ShownMoment } from './happening.ts';
import type { Connection } from './news-line.ts';
import type { Travel } from './travel.ts';

/** The list of what happened is bounded: what is older is in `autoloop events`. */
export const MOST_ROWS = 500;

/** A machine as it is, or as it was saved. */
export interface ShownMachine {
  readonly view: MachineView;
  readonly definitionHash: string;
  /** ISO-8601; null: its runner tells it, as it is. */
  readonly savedAt: string | null;
}

/** All that the page knows; whoever shows it is told that it has changed. */
export class PageModel {
  connection: Connection = 'opening';
  /** null: not told yet. */
  loops: readonly LoopRow[] | null = null;
  choice: string | null = null;
  /** undefined: not told yet; null: there is none of that name. */
  loop: LoopView | null | undefined = undefined;
  machine: ShownMachine | null = null;
  /** Dotted paths of states it was in since the page looks at this run. */
  visited = new Set<string>();
  happenings: readonly Happening[] = [];
  /** How many were not told, as they were too many. */
  lost = 0;
  events: readonly RecordedEvent[] = [];
  output: AgentOutput | null = null;
  /** null: what is shown is how things are. */
  travel: Travel | null = null;
  readonly #changed: () => void;
  readonly #names = new Map<string, string>();
  #count = 0;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Another loop is looked at: nothing is known of it. */
  choose(loop: string | null): void {
    this.choice = loop;
    this.loop = undefined;
    this.machine = null;
    this.output = null;
    this.events = [];
    this.travel = null;
    this.#forget();
    this.#changed();
  }

  /** null: back to how things are. */
  goBack(travel: Travel | null): void {
    this.travel = travel;
    this.#changed();
  }

  /** Where the machine is, or was at the step that is looked at. */
  get shown(): ShownMoment {
    const { travel, machine } = this;
    if (travel !== null) {
      const { active, visited, context, steps } = travel;
      return { active, visited, context, steps };
    }
    return {
      active: machine?.view.active ?? [],
      visited: this.visited,
      context: machine?.view.context ?? null,
      steps: this.happenings.filter(({ taken }) => taken.length > 0),
    };
  }

  connect(connection: Connection): void {
    this.connection = connection;
    this.#changed();
  }

  hear(news: PageNews): void {
    switch (news.kind) {
      case 'loops':
        this.loops = news.loops;
        break;
      case 'loop':
        this.#hearLoop(news.loop);
        break;
      case 'saved':
        this.machine = news.saved && {
          view: news.saved.machine,
          definitionHash: news.saved.definitionHash,
          savedAt: news.saved.savedAt,
        };
        break;
      case 'output':
        this.output = news.output;
        break;
      case 'events':
        this.events = [...(news.isWhole ? [] : this.events), ...news.events].slice(-MOST_ROWS);
        break;
      case 'inspection':
        this.#hearBatch(news);
        break;
    }
    this.#changed();
  }

  #hearLoop(loop: LoopView | null): void {
    const isOtherRun = loop?.status?.runId !== this.loop?.status?.runId;
    if (isOtherRun && this.loop) {
      this.visited = new Set();
    }
    this.loop = loop;
  }

  #hearBatch({ machine, definitionHash, actors, news, lost }: InspectionBatch): void {
    actors.forEach((actor) => this.#name(actor));
    news.forEach((one) => this.#hearNews(one));
    this.lost += lost;
    this.machine = { view: machine, definitionHash, savedAt: null };
    machine.active.forEach((path) => this.visited.add(path));
  }

  #hearNews(news: MachineNews): void {
    if (news.type === 'actor') {
      this.#name(news.actor);
    } else if (news.type === 'event' && !isOwnAffair(news)) {
      const { at, source, target, event } = news;
      const ends = { source: source && this.#nameOf(source), target: this.#nameOf(target) };
      this.#add({ at, ...ends, event, state: null, taken: [] });
    } else if (news.type === 'step') {
      const { at, event, taken, machine } = news;
      machine.active.forEach((path) => this.visited.add(path));
      const state = machine.active.at(-1) ?? '';
      this.#add({ at, source: null, target: ROOT, event, state, taken });
    }
  }

  #add(happening: Omit<Happening, 'number'>): void {
    this.#count += 1;
    const numbered = { number: this.#count, ...happening };
    this.happenings = [...this.happenings, numbered].slice(-MOST_ROWS);
  }

  #name({ id, name }: ActorView): void {
    this.#names.set(id, name);
  }

  #nameOf(id: string): string {
    return this.#names.get(id) ?? id;
  }

  #forget(): void {
    this.visited = new Set();
    this.happenings = [];
    this.lost = 0;
    this.#names.clear();
  }
}

/** What XState has an actor tell itself. */
function isOwnAffair({ source, target, event }: Extract<MachineNews, { type: 'event' }>): boolean {
  return source === target && event.type.startsWith('xstate.');
}
