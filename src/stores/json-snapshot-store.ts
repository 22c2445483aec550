import type { SnapshotEnvelope, SnapshotStore } from '../ports/snapshot-store.ts';
import { replaceFile, replaceFileKeepingFormer } from './durable-file.ts';
import type { Redacting } from './redacting.ts';
import { readGeneration } from './snapshot-generation.ts';
import { damagedFilesError } from './state-error.ts';

export interface SnapshotFiles {
  /** `snapshot.json`, absolute. */
  readonly path: string;
  /** `snapshot.prev.json`, absolute. */
  readonly formerPath: string;
  /** Highest version of the machine that can be restored here. */
  readonly machineVersion: number;
  readonly redactor: Redacting;
}

/** `snapshot.json` and the generation before it: one of the two is whole at every instant. */
export class JsonSnapshotStore implements SnapshotStore {
  readonly #files: SnapshotFiles;
  /** null: nobody has looked yet. A damaged file must not push the former generation out. */
  #isCurrentGood: boolean | null = null;

  constructor(files: SnapshotFiles) {
    this.#files = files;
  }

  load(): ReturnType<SnapshotStore['load']> {
    const { path, formerPath } = this.#files;
    const current = this.#read(path);
    this.#isCurrentGood = current.envelope !== null;
    if (current.envelope !== null) {
      return { envelope: current.envelope, recovered: null };
    }
    const former = this.#read(formerPath);
    if (former.envelope !== null) {
      const recovered = `${path}: ${current.why}; went on from ${formerPath} of ${former.envelope.savedAt}`;
      return { envelope: former.envelope, recovered };
    }
    if (current.isMissing && former.isMissing) {
      return null;
    }
    throw damagedFilesError(
      `${path}: ${current.why}, and ${formerPath}: ${former.why}`,
      [current.isMissing ? [] : path, former.isMissing ? [] : formerPath].flat(),
    );
  }

  save(envelope: SnapshotEnvelope): void {
    const { path, formerPath, redactor } = this.#files;
    const data = `${JSON.stringify(redactor.redactValue(envelope))}\n`;
    this.#isCurrentGood ??= this.#read(path).envelope !== null;
    if (this.#isCurrentGood) {
      replaceFileKeepingFormer({ path, data }, formerPath);
    } else {
      replaceFile(path, data);
    }
    this.#isCurrentGood = true;
  }

  #read(path: string): ReturnType<typeof readGeneration> {
    return readGeneration(path, this.#files.machineVersion);
  }
}
