import type { Rotation, RotationRequest } from '../domain/rotation.ts';
import { rotateFile } from '../stores/rotate-file.ts';
import { underLock, type IdleLoop } from './under-lock.ts';

/** Rotates the files of a loop that nobody runs, under its lock. Throws AutoloopError 152 where somebody does. */
export async function rotateIdle(
  idle: IdleLoop,
  { eventsOnly, keep }: RotationRequest & { readonly keep: number },
): Promise<readonly Rotation[]> {
  const rotations = await underLock(idle, ({ events, log }) =>
    [events, ...(eventsOnly ? [] : [log])].map((path) => rotateFile(path, keep)),
  );
  return (rotations ?? []).filter((rotation) => rotation !== null);
}
