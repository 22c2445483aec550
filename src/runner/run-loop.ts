import { EXIT } from '../domain/error.ts';
import { HookWatch } from './hook-watch.ts';
import { openLoop, type OpenLoop } from './loop-files.ts';
import type { LoopPlan } from './loop-plan.ts';
import { LoopSession } from './loop-session.ts';
import { readState } from './read-state.ts';
import type { RunEnd, RunRequest } from './run-request.ts';

/**
 * Plays one loop, from lock to release. Goes on with an unfinished run where there is one. Throws AutoloopError where
 * it cannot begin; nothing was started or written over then. Everything later is told by what it returns.
 */
export async function runLoop(plan: LoopPlan, request: RunRequest): Promise<RunEnd> {
  const open = await openLoop(plan, request.command);
  const watch = watchFor(plan, open);
  try {
    return await play(watched(plan, watch), request, open);
  } finally {
    watch?.close();
    open.files.close();
  }
}

/** The hooks that come with autoloop block nothing. */
function watchFor({ task, environment }: LoopPlan, { files }: OpenLoop): HookWatch | null {
  const { PATH: path = '' } = environment;
  return task.shipped ? null : new HookWatch({ trace: files.paths.trace, path, task: task.name });
}

function watched(plan: LoopPlan, watch: HookWatch | null): LoopPlan {
  return watch === null
    ? plan
    : { ...plan, task: { ...plan.task, watch: (hook) => watch.begin(hook) } };
}

async function play(plan: LoopPlan, request: RunRequest, open: OpenLoop): Promise<RunEnd> {
  const isNew = open.state.restored.kind === 'new';
  if (request.mode === 'settle' && isNew) {
    return NOTHING_TO_SETTLE;
  }
  if (request.fresh && !isNew) {
    const settling = {
      ...request,
      mode: 'settle',
      force: true,
      trace: null,
      ready: () => {},
    } as const;
    const settled = await playSession(plan, settling, open);
    const { files } = open;
    const state = readState(files.snapshots, files.paths.snapshot);
    const wasLeft = state.restored.kind !== 'new';
    return wasLeft ? settled : playSession(plan, request, { files, state });
  }
  return playSession(plan, request, open);
}

function playSession(plan: LoopPlan, request: RunRequest, open: OpenLoop): Promise<RunEnd> {
  return new LoopSession({ plan, request, ...open }).play();
}

const NOTHING_TO_SETTLE: RunEnd = {
  exitCode: EXIT.ok,
  reason: 'nothing',
  message: null,
  fix: null,
  lastOutcome: null,
  status: null,
};
