import { LOOP_MACHINE_VERSION, loopMachine } from '../../machines/loop.machine.ts';
import type { LoopContext, LoopPolicy } from '../../machines/loop/context.ts';
import type { LoopEvent } from '../../machines/loop/events.ts';
import { EXIT, describeError } from '../domain/error.ts';
import type { LoopStatus } from '../domain/loop-status.ts';
import type { RunningGate } from '../domain/validation.ts';
import { controlSocketPath } from '../stores/control-socket-path.ts';
import { readEvents } from '../stores/read-events.ts';
import { Audience } from './audience.ts';
import { ControlServer, type SteeringRequest } from './control-server.ts';
import { createLoopActor } from './create-loop-actor.ts';
import { Housekeeping } from './housekeeping.ts';
import { keepJournal } from './journal/keep-journal.ts';
import type { JournalKeeper } from './journal/journal-keeper.ts';
import type { IsolationLayers } from '../actors/loop-world.ts';
import { ProcessIsolationLayers } from './isolation-layers.ts';
import { loopDefinitionHash } from './loop-definition-hash.ts';
import { Persistence, type LoopActor } from './persistence.ts';
import { policyOf } from './policy.ts';
import { recordRepairs } from './record-repairs.ts';
import { Recorder } from './recorder.ts';
import { outcomeCode, runEnd, type EndReason } from './run-end.ts';
import type { RunEnd } from './run-request.ts';
import { Presence } from './presence.ts';
import { keepRunBounds, livedBefore } from './run-bounds.ts';
import { newRunId } from './run-id.ts';
import { sendFirst } from './send-first.ts';
import type { SessionParts } from './session-parts.ts';
import { listenToSignals } from './signals.ts';
import { StatusView } from './status-view.ts';
import { WorkMark } from './work-mark.ts';

/** One life of a runner on one loop: from its first snapshot to its end, or to the moment it leaves a resumable run. */
export class LoopSession {
  readonly #parts: SessionParts;
  readonly #runId: string;
  readonly #policy: LoopPolicy;
  readonly #recorder: Recorder;
  readonly #journal: JournalKeeper;
  readonly #persistence: Persistence;
  readonly #isolation: IsolationLayers;
  readonly #actor: LoopActor;
  readonly #view: StatusView;
  readonly #audience: Audience;
  readonly #control: ControlServer;
  readonly #housekeeping: Housekeeping;
  readonly #livedMs: number;
  readonly #workMark: string | null;
  #forgetBounds: () => void = () => {};
  #presence: Presence | null = null;
  #isLeaving = false;
  #finish: (end: RunEnd) => void = () => {};

  constructor(parts: SessionParts) {
    const { plan, files, request, state } = parts;
    const { restored } = state;
    this.#parts = parts;
    this.#runId = restored.kind === 'new' ? newRunId() : restored.context.runId;
    this.#policy = policyOf(plan.settings, request.mode, restored.kind === 'new');
    this.#recorder = new Recorder({
      task: plan.task.name,
      runId: this.#runId,
      lastSeq: Math.max(files.events.lastSeq(), state.seq),
      clock: files.clock,
      eventLog: files.events,
      redactValue: (value) => plan.redactor.redactValue(value),
      taken:
        state.recovered === null
          ? []
          : [...readEvents(files.paths.events, { from: state.seq + 1 })],
    });
    this.#control = new ControlServer({
      status: () => this.#status(),
      steer: (asked) => this.#steer(asked),
      rotate: (asked) => this.#housekeeping.rotate(asked),
      prune: (asked) => this.#housekeeping.prune(asked),
      admit: (viewer) => this.#audience.admit(viewer),
      dismiss: (viewer) => this.#audience.dismiss(viewer),
    });
    this.#housekeeping = new Housekeeping({
      ...{ plan, files, control: this.#control },
      own: () => this.#presence?.files ?? [],
      iteration: () => this.#context().iteration,
      record: (event) => this.#recorder.record(event),
      warn: (code, message) => this.#warn(code, message),
    });
    this.#livedMs = livedBefore(state, files.paths.heartbeat);
    this.#workMark = new WorkMark(plan).now();
    const definition = loopDefinitionHash();
    this.#journal = keepJournal({
      ...{ parts, runId: this.#runId, definitionHash: definition },
      warn: (event) => this.#recorder.recordAfter(event),
    });
    this.#persistence = new Persistence({
      journal: this.#journal,
      redactValue: (value) => plan.redactor.redactValue(value),
      store: files.snapshots,
      recorder: this.#recorder,
      guard: this.#housekeeping.guard,
      envelope: {
        format: 1,
        machine: loopMachine.id,
        version: LOOP_MACHINE_VERSION,
        definitionHash: definition,
        asked: request.mode === 'settle' ? state.asked : plan.asked,
      },
      failed: (error) => this.#fail(error),
    });
    this.#isolation = new ProcessIsolationLayers({
      environment: plan.environment,
      directory: files.paths.directory,
      keeps: plan.settings.interval === 0,
    });
    this.#actor = createLoopActor({
      ...{ parts, runId: this.#runId, policy: this.#policy },
      ...{ isolation: this.#isolation, housekeeping: this.#housekeeping },
      persisted: () => this.#persistence.persisted(),
      runsGate: (gate) => this.#runsGate(gate),
      heard: (event) => this.#journal.hear(event),
    });
    this.#view = new StatusView(parts, this.#actor);
    this.#audience = new Audience({
      ...{ parts, recorder: this.#recorder, control: this.#control, actor: this.#actor },
      definitionHash: definition,
      status: () => this.#status(),
      warn: (code, message) => this.#warn(code, message),
    });
  }

  async play(): Promise<RunEnd> {
    const { files, plan, request } = this.#parts;
    files.reserve.onLent((refusal) => this.#diskIsFull(refusal));
    if (request.mode !== 'settle') {
      files.reserve.fill();
    }
    const socket = controlSocketPath({
      directory: files.paths.directory,
      runtimeDirectory: plan.environment['XDG_RUNTIME_DIR'] ?? null,
    });
    await this.#control.listen(socket);
    // Before signals are heard: between them and the start of the machine nothing is waited for.
    await this.#audience.gather();
    const ended = new Promise<RunEnd>((resolve) => {
      this.#finish = resolve;
    });
    this.#presence = new Presence(this.#parts, socket);
    const stopListening = listenToSignals({
      asked: (signal, times) => this.#asked(signal, times),
      hungUp: plan.environment['AUTOLOOP_NOHUP'] ? () => {} : () => this.#hangUp(),
    });
    try {
      this.#begin(this.#presence.former);
      request.ready(this.#status());
      return await ended;
    } finally {
      stopListening();
      this.#housekeeping.end();
      this.#presence.endTrace();
      this.#letGo();
      await this.#audience.close();
      await this.#isolation.letGo();
    }
  }

  /** `former`: what the runner before this one died of. */
  #begin(former: string | null): void {
    this.#persistence.attach(this.#actor);
    this.#actor.subscribe({
      next: () => this.#changed(),
      complete: () => this.#complete(),
      error: () => {},
    });
    recordRepairs({
      ...{ parts: this.#parts, guard: this.#housekeeping.guard },
      warn: (code, message) => this.#warn(code, message),
    });
    if (former !== null) {
      this.#warn('runner_crashed', former);
    }
    this.#actor.start();
    sendFirst(this.#actor, {
      ...{ parts: this.#parts, policy: this.#policy },
      ...{ livedMs: this.#livedMs, workMark: this.#workMark },
    });
    this.#keepBounds();
  }

  #keepBounds(): void {
    const { files, request } = this.#parts;
    this.#forgetBounds = keepRunBounds({
      ...{ clock: files.clock, livedMs: this.#livedMs },
      untilEpochMs: request.mode === 'run' ? this.#context().untilEpochMs : request.untilEpochMs,
      maxRuntimeMs: this.#policy.launches ? this.#policy.maxRuntimeMs : 0,
      send: (event) => this.#sendWhileActive(event),
    });
  }

  #sendWhileActive(event: LoopEvent): void {
    if (this.#actor.getSnapshot().status === 'active') {
      this.#send(event);
    }
  }

  #warn(code: string, message: string): void {
    this.#parts.files.log.warn({ code }, message);
    const details = { code, message };
    const { open, iteration } = this.#context();
    this.#recorder.record({ type: 'warning', ...NOWHERE, iteration: open && iteration, details });
  }

  #steer(request: SteeringRequest): void {
    const at = this.#now();
    const via = 'control';
    switch (request.command) {
      case 'pause':
        return this.#send({ type: 'loop.pause', at, via });
      case 'resume':
        return this.#send({ type: 'loop.resume', at, via });
      case 'skip-wait':
        return this.#send({ type: 'loop.skipWait', at, via });
      case 'stop':
        return this.#send({ type: 'loop.stop', at, via, now: request.force });
    }
  }

  #asked(signal: 'SIGINT' | 'SIGTERM', times: number): void {
    // Who only brings a dead runner's run to its end waits for a worker that is not his to end.
    if (times > 2 || this.#parts.request.mode === 'settle') {
      this.#leave(EXIT.interrupt, 'left at once');
    } else {
      this.#send({ type: 'loop.stop', at: this.#now(), via: signal, now: false });
    }
  }

  /** The reserve has given room: enough to come to an end with. */
  #diskIsFull(refusal: Error): void {
    const { message, fix } = describeError(refusal);
    this.#sendWhileActive({ type: 'disk.low', at: this.#now(), message, fix });
  }

  #hangUp(): void {
    try {
      this.#recorder.record({ type: 'signal', ...NOWHERE, details: { name: 'SIGHUP' } });
    } catch (error) {
      this.#fail(error);
      return;
    }
    this.#leave(EXIT.hangup, 'hung up');
  }

  /** The worker lives on; the run can be gone on with. */
  #leave(exitCode: number, reason: string): void {
    if (this.#isLeaving) {
      return;
    }
    this.#isLeaving = true;
    const how = reason === 'once' ? 'once' : 'hangup';
    this.#sendWhileActive({ type: 'loop.left', at: this.#now(), how });
    this.#end({ exitCode, reason, message: null, fix: null });
  }

  #changed(): void {
    this.#view.noteState();
    this.#housekeeping.lookRegularly(this.#actor.getSnapshot().hasTag('paid'));
    this.#audience.changed();
    this.#leaveAfterOnce();
  }

  #runsGate(gate: RunningGate | null): void {
    this.#view.noteGate(gate);
    this.#audience.changed();
  }

  /** `once` on an unfinished run leaves it as it found it: waiting for its next iteration. */
  #leaveAfterOnce(): void {
    const { request } = this.#parts;
    const { restored } = this.#parts.state;
    const snapshot = this.#actor.getSnapshot();
    const isDone = snapshot.matches('waiting') && !snapshot.context.open;
    if (request.mode === 'once' && restored.kind !== 'new' && isDone && this.#hasDoneOne()) {
      this.#leave(outcomeCode(this.#context()), 'once');
    }
  }

  #hasDoneOne(): boolean {
    const { restored } = this.#parts.state;
    const before = restored.kind === 'new' ? 0 : restored.context.totals.iterations;
    return this.#context().totals.iterations > before;
  }

  #complete(): void {
    this.#end(runEnd(this.#context(), this.#parts.files.paths.directory));
  }

  #fail(error: unknown): void {
    const { code, message, fix } = describeError(error);
    this.#parts.files.log.error({ code }, message);
    this.#finish({ ...this.#endFacts(), exitCode: code, reason: 'error', message, fix });
  }

  #end(end: EndReason): void {
    this.#finish({ ...this.#endFacts(), ...end });
  }

  #endFacts(): Pick<RunEnd, 'lastOutcome' | 'status'> {
    return { lastOutcome: this.#context().lastOutcome, status: this.#status() };
  }

  #letGo(): void {
    this.#forgetBounds();
    this.#persistence.close();
    this.#audience.leave();
    this.#actor.stop();
    this.#control.close();
    this.#presence?.remove();
  }

  #status(): LoopStatus {
    return this.#view.status();
  }

  #send(event: LoopEvent): void {
    this.#actor.send(event);
  }

  #context(): LoopContext {
    return this.#actor.getSnapshot().context;
  }

  #now(): number {
    return this.#parts.files.clock.now();
  }
}

const NOWHERE = { iteration: null, duration: null, exitCode: null };
