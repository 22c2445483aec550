import { describeError } from '../domain/error.ts';
import { VERSION } from '../domain/version.ts';
import type { KeptFile } from '../stores/kept-file.ts';
import { ownerHere, readOwner, removeOwnOwner, writeOwner } from '../stores/owner-file.ts';
import { removeOwnPid, writeOwnPid } from '../stores/pid-file.ts';
import { removeFile } from '../stores/remove-file.ts';
import { readTrace } from '../stores/runner-trace.ts';
import { leaveTrace } from './leave-trace.ts';
import type { SessionParts } from './session-parts.ts';

/** What says on disk that this runner lives, and what it dies of. */
export class Presence {
  /** What the runner before this one died of; null: it has said nothing, or ended well. */
  readonly former: string | null;
  readonly files: readonly KeptFile[];
  readonly #parts: SessionParts;
  readonly #stopTracing: () => void;

  /** `socket`: where this runner listens. */
  constructor(parts: SessionParts, socket: string) {
    const { files, plan, request } = parts;
    const { paths, reserve } = files;
    this.#parts = parts;
    this.former = readOwner(paths.owner) === null ? null : readTrace(paths.trace);
    this.#stopTracing = leaveTrace({
      path: paths.trace,
      begun: request.trace,
      redact: (text) => plan.redactor.redact(text),
    });
    const owner = ownerHere({ since: new Date().toISOString(), version: VERSION, socket });
    this.files = [
      reserve.lend(() => writeOwner(paths.owner, owner)),
      reserve.lend(() => writeOwnPid(paths.pid)),
    ];
  }

  /** From here on what this process says is no trace of the loop. */
  endTrace(): void {
    this.#stopTracing();
  }

  /** Another runner's files stay. What cannot be removed is no news beside what the run has come to. */
  remove(): void {
    const { lock, paths, log } = this.#parts.files;
    if (!lock.isOurs()) {
      return;
    }
    const traces = [
      () => removeOwnPid(paths.pid),
      () => removeFile(paths.heartbeat),
      () => removeOwnOwner(paths.owner),
    ];
    traces.forEach((remove) => {
      try {
        remove();
      } catch (error) {
        log.warn({}, describeError(error).message);
      }
    });
  }
}
