import { basename, dirname } from 'node:path';
import type { SnapshotEnvelope, SnapshotStore } from '../ports/snapshot-store.ts';
import { despiteRemoval } from './despite-removal.ts';
import { replaceFile, replaceFileKeepingFormer } from './durable-file.ts';
import { isSameMark, markAt, type FileMark } from './file-mark.ts';
import { removeFolder } from './kept-file.ts';
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
  /** As this process wrote them; null: it has not yet. */
  #current: Written | null = null;
  #former: Written | null = null;

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
    const keepsFormer = this.#isCurrentGood;
    const mark = despiteRemoval(dirname(path), () =>
      keepsFormer ? replaceFileKeepingFormer({ path, data }, formerPath) : replaceFile(path, data),
    );
    this.#former = keepsFormer ? this.#current : this.#former;
    this.#current = { data, mark };
    this.#isCurrentGood = true;
  }

  /** Writes anew what somebody else changed or deleted; what was wrong with which file. Throws AutoloopError (153, 155). */
  mend(): ReadonlyMap<string, string> {
    const { path, formerPath } = this.#files;
    const wrongs = new Map<string, string>();
    this.#former = mendGeneration(formerPath, this.#former, wrongs);
    this.#current = mendGeneration(path, this.#current, wrongs);
    return wrongs;
  }

  #read(path: string): ReturnType<typeof readGeneration> {
    return readGeneration(path, this.#files.machineVersion);
  }
}

interface Written {
  readonly data: string;
  readonly mark: FileMark;
}

function mendGeneration(
  path: string,
  written: Written | null,
  wrongs: Map<string, string>,
): Written | null {
  const current = markAt(path);
  if (written === null || isSameMark(current, written.mark)) {
    return written;
  }
  removeFolder(path);
  const mark = despiteRemoval(dirname(path), () => replaceFile(path, written.data));
  const how = current === null ? 'was deleted' : 'was changed';
  wrongs.set(basename(path), `${how}, and written anew`);
  return { ...written, mark };
}
