import { EXIT, AutoloopError } from '../domain/error.ts';
import { openLoopFiles, type LoopFiles } from './loop-files.ts';
import type { LoopPlan } from './loop-plan.ts';
import { LoopSession } from './loop-session.ts';
import { restore, type Restored } from './restore.ts';
import type { RunEnd, RunRequest } from './run-request.ts';

/**
 * Plays one loop, from lock to release. Goes on with an unfinished run where there is one. Throws AutoloopError where
 * it cannot begin; nothing was started or written over then. Everything later is told by what it returns.
 */
export async function runLoop(plan: LoopPlan, request: RunRequest): Promise<RunEnd> {
  const files = await openLoopFiles(plan);
  try {
    const restored = readState(files);
    const end = await play({ plan, files, request, restored });
    return end;
  } finally {
    files.close();
  }
}

interface Play {
  readonly plan: LoopPlan;
  readonly files: LoopFiles;
  readonly request: RunRequest;
  readonly restored: Restored;
}

async function play({ plan, files, request, restored }: Play): Promise<RunEnd> {
  if (request.mode === 'settle' || (request.fresh && restored.kind !== 'new')) {
    const settle = { ...request, mode: 'settle', fresh: false } as const;
    const settled = await settleRun({ plan, files, request: settle, restored });
    return request.mode === 'settle'
      ? settled
      : play({ plan, files, request: { ...request, fresh: false }, restored: readState(files) });
  }
  return new LoopSession({ plan, files, request, restored }).play();
}

function settleRun(parts: Play): Promise<RunEnd> {
  if (parts.restored.kind === 'new') {
    const end = { exitCode: EXIT.ok, reason: 'nothing', message: null, fix: null };
    return Promise.resolve({ ...end, lastOutcome: null, status: null });
  }
  return new LoopSession(parts).play();
}

function readState(files: LoopFiles): Restored {
  const loaded = files.snapshots.load();
  if (loaded?.recovered) {
    files.recovered(loaded.recovered);
  }
  if (!loaded && files.events.lastSeq() > 0) {
    files.recovered(`${files.paths.snapshot} is missing; a new run begins`);
  }
  if (loaded) {
    files.replayOutbox(loaded.envelope);
  }
  return restore(loaded?.envelope ?? null, files.paths.snapshot);
}

export function lostLock(plan: LoopPlan): AutoloopError {
  return new AutoloopError({
    code: EXIT.lockHeld,
    message: `The lock of loop "${plan.loop}" was deleted or replaced under its runner (${plan.dataDirectory}/loop.lock).`,
    fix: `Find out what removes files there, then go on with: autoloop start --task ${plan.task.name}`,
  });
}
