import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { locateProject } from '../../config/locate-project.ts';
import { describeError } from '../../domain/error.ts';
import type { LoopStatus } from '../../domain/loop-status.ts';
import { readStatus, type LoopReading } from '../../runner/read-status.ts';
import { storageError } from '../../stores/storage-error.ts';
import type { CliContext } from '../cli-context.ts';
import { loopRequest } from '../loop-request.ts';
import { taskOfFolder } from './task-of-folder.ts';

/** A loop of the data root, or what keeps it from being read. */
export type FoundLoop =
  | { readonly loop: string; readonly reading: LoopReading }
  | { readonly loop: string; readonly trouble: string; readonly dataDir: string };

/** Every loop that has a folder in the data root; none of them can keep the others from being seen. */
export async function readAllLoops(context: CliContext): Promise<FoundLoop[]> {
  const { data } = locateProject(loopRequest(context));
  return Promise.all(loopsIn(data).map((loop) => readLoop(loop, join(data, loop))));
}

export function statusesOf(loops: readonly FoundLoop[]): LoopStatus[] {
  return loops.flatMap((found) => ('reading' in found ? [found.reading.status] : []));
}

const TRACES = ['snapshot.json', 'loop.lock', 'events.ndjson', 'loop.owner.json'];

/** Names of the folders of loops in a data root. Throws AutoloopError 155. */
export function loopsIn(data: string): string[] {
  try {
    const names = existsSync(data) ? readdirSync(data) : [];
    return names
      .filter((name) => TRACES.some((trace) => existsSync(join(data, name, trace))))
      .toSorted();
  } catch (error) {
    throw storageError(error, { verb: 'read', path: data });
  }
}

async function readLoop(loop: string, dataDirectory: string): Promise<FoundLoop> {
  try {
    const task = taskOfFolder(dataDirectory) ?? loop;
    return { loop, reading: await readStatus({ loop, task, dataDirectory }) };
  } catch (error) {
    return { loop, trouble: describeError(error).message, dataDir: dataDirectory };
  }
}
