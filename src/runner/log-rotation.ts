import type { EventDraft } from '../domain/event.ts';
import type { Rotation, RotationRequest } from '../domain/rotation.ts';
import type { Settings } from '../domain/settings.ts';
import { rotateFile } from '../stores/rotate-file.ts';
import type { LoopFiles } from './loop-files.ts';

export interface RotationFacts {
  readonly files: Pick<LoopFiles, 'bare' | 'log' | 'paths'>;
  readonly settings: Pick<Settings, 'rotateKeep' | 'logMaxMb' | 'eventsMaxMb'>;
  readonly record: (event: EventDraft) => void;
}

/** Rotates the log and the events of a running loop: only its runner writes them, so only it may. */
export class LogRotation {
  readonly #facts: RotationFacts;

  constructor(facts: RotationFacts) {
    this.#facts = facts;
  }

  /** What has outgrown its setting. Throws AutoloopError (153, 155). */
  look(): void {
    const { files, settings } = this.#facts;
    if (hasOutgrown(files.bare.events.bytes(), settings.eventsMaxMb)) {
      this.#events(settings.rotateKeep);
    }
    if (hasOutgrown(files.log.bytes(), settings.logMaxMb)) {
      this.#log(settings.rotateKeep);
    }
  }

  /** Both now, or the events alone, whatever their sizes. */
  now({ eventsOnly, keep }: RotationRequest): readonly Rotation[] {
    const kept = keep ?? this.#facts.settings.rotateKeep;
    return [this.#events(kept), eventsOnly ? null : this.#log(kept)].filter(
      (rotation) => rotation !== null,
    );
  }

  #events(keep: number): Rotation | null {
    return this.#recorded(this.#facts.files.bare.events.rotate(keep));
  }

  #log(keep: number): Rotation | null {
    const { paths, log } = this.#facts.files;
    const rotation = rotateFile(paths.log, keep);
    if (rotation !== null) {
      log.reopen();
    }
    return this.#recorded(rotation);
  }

  #recorded(rotation: Rotation | null): Rotation | null {
    if (rotation !== null) {
      const details = { ...rotation };
      const nowhere = { iteration: null, duration: null, exitCode: null };
      this.#facts.record({ type: 'rotate', ...nowhere, details });
    }
    return rotation;
  }
}

function hasOutgrown(bytes: number, megabytes: number): boolean {
  return megabytes > 0 && bytes >= megabytes * 1_000_000;
}
