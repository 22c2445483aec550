import type { LoopChange } from '../domain/control.ts';
import type { RecordedEvent } from '../domain/event.ts';
import type { LoopStatus } from '../domain/loop-status.ts';
import type { ControlServer } from './control-server.ts';
import { Inspection } from './inspection.ts';
import type { Viewer } from './viewer.ts';
import { MetricsKeeper } from './metrics-keeper.ts';
import { loadObservers, type Observers } from './observers.ts';
import type { LoopActor } from './persistence.ts';
import type { Recorder } from './recorder.ts';
import type { SessionParts } from './session-parts.ts';

export interface AudienceFacts {
  readonly parts: SessionParts;
  readonly recorder: Recorder;
  readonly control: ControlServer;
  readonly actor: LoopActor;
  readonly definitionHash: string;
  readonly status: () => LoopStatus;
  readonly warn: (code: string, message: string) => void;
}

/**
 * Who hears of what the loop does: its figures, the observers that its settings ask for, followers and inspectors on the
 * control socket, and the command that plays it. None of them can hold it up.
 */
export class Audience {
  readonly #facts: AudienceFacts;
  readonly #metrics: MetricsKeeper;
  readonly #inspection: Inspection;
  #observers: Observers | null = null;

  constructor(facts: AudienceFacts) {
    const { parts, recorder, actor, definitionHash, status } = facts;
    const { files, plan } = parts;
    this.#facts = facts;
    this.#metrics = new MetricsKeeper({
      ...{ summaries: files.summaries, events: files.paths.events },
      recordAfter: (event) => recorder.recordAfter(event),
    });
    this.#inspection = new Inspection(
      {
        ...{ actor, definitionHash, status },
        now: () => files.clock.now(),
        redactValue: (value) => plan.redactor.redactValue(value),
      },
      (error) => files.log.warn({ error: String(error) }, 'the loop cannot be inspected'),
    );
  }

  /** To be awaited before the machine starts: from then on nothing recorded goes past anybody. */
  async gather(): Promise<void> {
    const { parts, recorder, status, warn } = this.#facts;
    const { paths, clock, log, summaries } = parts.files;
    this.#observers = await loadObservers({
      ...{ plan: parts.plan, paths, clock, log, status, warn },
      summary: () => this.#metrics.summary,
      record: (event) => recorder.record(event),
      writeSummaryText: (text) => summaries.writeText(text),
    });
    recorder.listen((event) => this.#hear(event));
  }

  admit(viewer: Viewer): void {
    this.#inspection.add(viewer);
  }

  dismiss(viewer: Viewer): void {
    this.#inspection.remove(viewer);
  }

  /** The loop's status is another. */
  changed(): void {
    this.#tell({ kind: 'status', status: this.#facts.status() });
    this.#inspection.touch();
  }

  /** Inspectors are told the last of it, and nobody anything more. */
  leave(): void {
    this.#inspection.close();
  }

  /** What observers have not done within three seconds is left undone. */
  async close(): Promise<void> {
    await this.#observers?.close();
  }

  #hear(event: RecordedEvent): void {
    this.#metrics.observe(event);
    this.#observers?.observe(event);
    this.#inspection.observe(event);
    this.#tell({ kind: 'event', event });
  }

  #tell(change: LoopChange): void {
    this.#facts.control.tell(change);
    this.#facts.parts.request.changed(change);
  }
}
