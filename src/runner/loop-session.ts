import { randomBytes } from 'node:crypto';
import { createActor } from 'xstate';
import { LOOP_MACHINE_VERSION, loopMachine } from '../../machines/loop.machine.ts';
import type { LoopContext, LoopPolicy } from '../../machines/loop/context.ts';
import type { LoopEvent } from '../../machines/loop/events.ts';
import { provideActors } from '../actors/provide-actors.ts';
import { EXIT, describeError } from '../domain/error.ts';
import type { LoopStatus } from '../domain/loop-status.ts';
import { controlSocketPath } from '../stores/control-socket-path.ts';
import { readEvents } from '../stores/read-events.ts';
import { ownerHere, readOwner, removeOwnOwner, writeOwner } from '../stores/owner-file.ts';
import { removeFile } from '../stores/remove-file.ts';
import { removeOwnPid, writeOwnPid } from '../stores/pid-file.ts';
import { readTrace } from '../stores/runner-trace.ts';
import { leaveTrace } from './leave-trace.ts';
import { ControlServer, type SteeringRequest } from './control-server.ts';
import { definitionHash } from './definition-hash.ts';
import { describeLoop } from './describe-loop.ts';
import { DataCeiling } from './data-ceiling.ts';
import { LogRotation } from './log-rotation.ts';
import { guardLoop } from './guard-loop.ts';
import type { KeptFile } from '../stores/kept-file.ts';
import type { TamperGuard } from './tamper-guard.ts';
import { RegularLook } from './regular-look.ts';
import type { IsolationLayers } from '../actors/loop-world.ts';
import { ProcessIsolationLayers } from './isolation-layers.ts';
import { loopWorld } from './loop-world.ts';
import { Persistence, type LoopActor } from './persistence.ts';
import { policyOf } from './policy.ts';
import { startedBefore } from './started-before.ts';
import { recordRepairs } from './record-repairs.ts';
import { Recorder } from './recorder.ts';
import { outcomeCode, runEnd, type EndReason } from './run-end.ts';
import type { RunEnd, RunRequest } from './run-request.ts';
import { beat, keepRunBounds, livedBefore } from './run-bounds.ts';
import { sendFirst } from './send-first.ts';
import type { SessionParts } from './session-parts.ts';
import { listenToSignals } from './signals.ts';
import { WorkMark } from './work-mark.ts';
import { VERSION } from '../domain/version.ts';

/** One life of a runner on one loop: from its first snapshot to its end, or to the moment it leaves a resumable run. */
export class LoopSession {
  readonly #parts: SessionParts;
  readonly #runId: string;
  readonly #policy: LoopPolicy;
  readonly #recorder: Recorder;
  readonly #persistence: Persistence;
  readonly #isolation: IsolationLayers;
  readonly #actor: LoopActor;
  readonly #control: ControlServer;
  readonly #guard: TamperGuard;
  readonly #rotation: LogRotation;
  readonly #ceiling: DataCeiling;
  readonly #look: RegularLook;
  readonly #livedMs: number;
  readonly #workMark: string | null;
  #forgetBounds: () => void = () => {};
  #own: readonly KeptFile[] = [];
  #isLeaving = false;
  #since = new Date().toISOString();
  #state = '';
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
      rotate: (asked) => this.#rotation.now(asked),
    });
    this.#guard = guardLoop({
      ...{ files, control: this.#control },
      own: () => this.#own,
      iteration: () => this.#context().iteration,
      warn: (message) => this.#warn('tampered', message),
    });
    this.#rotation = new LogRotation({
      ...{ files, settings: plan.settings },
      record: (event) => this.#recorder.record(event),
    });
    this.#ceiling = new DataCeiling({
      ...{ paths: files.paths, attempts: files.attempts, clock: files.clock },
      maxDataMb: plan.settings.maxDataMb,
      warn: (message) => this.#warn('data_ceiling', message),
    });
    this.#look = new RegularLook(() => {
      if (this.#policy.maxRuntimeMs > 0) {
        beat(files.paths.heartbeat);
      }
      this.#guard.look();
    });
    this.#livedMs = livedBefore(state, files.paths.heartbeat);
    this.#workMark = new WorkMark(plan).now();
    this.#persistence = new Persistence({
      store: files.snapshots,
      recorder: this.#recorder,
      guard: this.#guard,
      envelope: {
        format: 1,
        machine: loopMachine.id,
        version: LOOP_MACHINE_VERSION,
        definitionHash: definitionHash(loopMachine),
        asked: request.mode === 'settle' ? state.asked : plan.asked,
      },
      failed: (error) => this.#fail(error),
    });
    this.#isolation = new ProcessIsolationLayers({
      environment: plan.environment,
      directory: files.paths.directory,
      keeps: plan.settings.interval === 0,
    });
    this.#actor = this.#createActor();
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
    const ended = new Promise<RunEnd>((resolve) => {
      this.#finish = resolve;
    });
    const former = readOwner(files.paths.owner) === null ? null : readTrace(files.paths.trace);
    const stopTracing = leaveTrace({
      path: files.paths.trace,
      begun: request.trace,
      redact: (text) => plan.redactor.redact(text),
    });
    const since = new Date().toISOString();
    const owner = ownerHere({ since, version: VERSION, socket });
    this.#own = [
      files.reserve.lend(() => writeOwner(files.paths.owner, owner)),
      files.reserve.lend(() => writeOwnPid(files.paths.pid)),
    ];
    const stopListening = listenToSignals({
      asked: (signal, times) => this.#asked(signal, times),
      hungUp: plan.environment['AUTOLOOP_NOHUP'] ? () => {} : () => this.#hangUp(),
    });
    this.#recorder.listen((event) => this.#tell({ kind: 'event', event }));
    try {
      this.#begin(former);
      request.ready(this.#status());
      return await ended;
    } finally {
      stopListening();
      this.#look.end();
      stopTracing();
      this.#letGo();
      await this.#isolation.letGo();
    }
  }

  #createActor(): LoopActor {
    const { files } = this.#parts;
    const { restored } = this.#parts.state;
    const world = loopWorld({
      ...this.#parts,
      runId: this.#runId,
      launches: this.#policy.launches,
      ...startedBefore(this.#parts.state, files.attempts),
      persisted: () => this.#persistence.persisted(),
      isolation: this.#isolation,
      guard: {
        note: (file, wrong) => this.#guard.note(file, wrong),
        look: () => {
          this.#guard.look();
          this.#rotation.look();
          this.#ceiling.look();
        },
      },
    });
    const machine = loopMachine.provide({ actors: provideActors(world) });
    const input = {
      runId: this.#runId,
      policy: this.#policy,
      lastIteration:
        restored.kind === 'new'
          ? Math.max(restored.lastIteration, files.attempts.lastIteration())
          : restored.context.iteration,
      ...(restored.kind === 'rebuilt' && { carried: restored.context }),
    };
    return restored.kind === 'resumed'
      ? createActor(machine, { input, snapshot: restored.snapshot })
      : createActor(machine, { input });
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
      ...{ parts: this.#parts, guard: this.#guard },
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
      ...{ clock: files.clock, livedMs: this.#livedMs, untilEpochMs: request.untilEpochMs },
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
    this.#sendWhileActive({ type: 'loop.left', at: this.#now() });
    this.#end({ exitCode, reason, message: null, fix: null });
  }

  #changed(): void {
    const state = JSON.stringify(this.#actor.getSnapshot().value);
    if (state !== this.#state) {
      this.#state = state;
      this.#since = new Date().toISOString();
    }
    this.#look.changed(this.#actor.getSnapshot().hasTag('paid'));
    this.#tell({ kind: 'status', status: this.#status() });
    this.#leaveAfterOnce();
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
    const { files } = this.#parts;
    this.#forgetBounds();
    this.#persistence.close();
    this.#actor.stop();
    this.#control.close();
    if (files.lock.isOurs()) {
      removeOwnPid(files.paths.pid);
      removeFile(files.paths.heartbeat);
      removeOwnOwner(files.paths.owner);
    }
  }

  #tell(change: Parameters<RunRequest['changed']>[0]): void {
    this.#control.tell(change);
    this.#parts.request.changed(change);
  }

  #status(): LoopStatus {
    const { plan, files } = this.#parts;
    const snapshot = this.#actor.getSnapshot();
    const status = describeLoop(
      {
        loop: plan.loop,
        task: plan.task.name,
        dataDir: files.paths.directory,
        logFile: (iteration) => files.attempts.logFile(iteration),
      },
      { value: snapshot.value, context: snapshot.context, since: this.#since, pid: process.pid },
    );
    return plan.redactor.redactValue(status);
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

/** Sorts by time, unique for ever: `20261123T101500-3f9c2a`. */
function newRunId(): string {
  const time = new Date().toISOString().replaceAll(/[-:]|\.\d+Z/g, '');
  return `${time}-${randomBytes(3).toString('hex')}`;
}
