import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { unzipSync } from 'fflate';
import { AutoloopError, EXIT } from '../../domain/error.ts';
import { dataPaths, type DataPaths } from '../../stores/data-paths.ts';
import { parseJson } from '../../stores/parse-json.ts';
import { makePrivateDirectory } from '../../stores/private-directory.ts';
import { isNumber, isRecord } from '../../stores/shape.ts';
import { errorCode } from '../../stores/error-code.ts';
import { storageError } from '../../stores/storage-error.ts';
import { BUNDLE_FORMAT } from './bundle-files.ts';

/** What a replay reads of an archive; whatever else somebody has put into it stays there. */
const REPLAYED =
  /^(?:bundle\.json|snapshot\.json|snapshot\.prev\.json|journal\/[\w-]+\.\d+\.ndjson)$/;
const MOST_BYTES = 500_000_000;

export interface BundledJournal {
  readonly paths: DataPaths;
  readonly remove: () => void;
}

/**
 * An archive's journal and snapshots in a temporary folder, to be replayed from there. Throws AutoloopError 150 where there
 * is no such file, 155 where it cannot be read, 156 where it is no archive of `autoloop bundle`.
 */
export function openBundle(path: string): BundledJournal {
  const files = filesIn(path);
  const about = parseJson(new TextDecoder().decode(files['bundle.json']));
  const format = isRecord(about) ? about['format'] : null;
  if (!isNumber(format) || format > BUNDLE_FORMAT) {
    const why = isNumber(format) ? `its format is ${format}` : 'it holds no bundle.json';
    throw notABundle(path, why);
  }
  const directory = mkdtempSync(join(tmpdir(), 'autoloop-bundle-'));
  const paths = dataPaths(directory);
  makePrivateDirectory(paths.journal);
  for (const [name, bytes] of Object.entries(files)) {
    const folder = name.startsWith('journal/') ? paths.journal : directory;
    writeFileSync(join(folder, basename(name)), bytes, { mode: 0o600 });
  }
  return { paths, remove: () => rmSync(directory, { recursive: true, force: true }) };
}

function filesIn(path: string): Readonly<Record<string, Uint8Array>> {
  const archive = read(path);
  let left = MOST_BYTES;
  try {
    return unzipSync(archive, {
      filter: ({ name, originalSize }) => {
        const isWanted = REPLAYED.test(name) && originalSize <= left;
        left -= isWanted ? originalSize : 0;
        return isWanted;
      },
    });
  } catch (error) {
    throw notABundle(path, error instanceof Error ? error.message : String(error));
  }
}

function read(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    switch (errorCode(error)) {
      case 'ENOENT':
        throw new AutoloopError({
          code: EXIT.configuration,
          message: `${path} does not exist.`,
          fix: 'Correct the path, or make one: autoloop bundle',
        });
      case 'EISDIR':
        throw notABundle(path, 'it is a folder');
      default:
        throw storageError(error, { verb: 'read', path });
    }
  }
}

function notABundle(path: string, why: string): AutoloopError {
  return new AutoloopError({
    code: EXIT.state,
    message: `${path} is no archive that this version can replay: ${why}.`,
    fix: 'Take one that autoloop bundle has made, with this version or an older one.',
  });
}
