import { accessSync, constants, statSync } from 'node:fs';
import type { Agent } from '../agents/agent.ts';
import { taskContext } from '../actors/task-context.ts';
import { diskShortage } from '../domain/disk-shortage.ts';
import { AutoloopError, EXIT, type AutoloopErrorFacts } from '../domain/error.ts';
import { freeMbAt, nearestThere } from '../stores/free-space.ts';
import { dataPaths } from '../stores/data-paths.ts';
import type { TaskContext } from '../task/context.ts';
import { failurePolicy } from '../task/failure-policy.ts';
import { resolvePrompt } from '../task/resolve-prompt.ts';
import { callHook } from '../task/run-hook.ts';
import { hasHook } from '../task/task.ts';
import { checkNotify } from './check-notify.ts';
import { loadParts } from './load-parts.ts';
import { namespaceFor } from './probe-namespace.ts';
import type { LoopPlan } from './loop-plan.ts';

/** What must hold before a run begins. Touches nothing, and loads what it will need. Throws AutoloopError 150, 151, 153 or 155 with the fix. */
export async function preflight(plan: LoopPlan): Promise<void> {
  checkDisk(plan);
  checkWorkspace(plan);
  await loadParts(plan);
  if (plan.settings.checkpoint !== 'off') {
    const { checkRepository } = await import('./check-repository.ts');
    await checkRepository(plan);
  }
  await checkTelemetry(plan);
  checkAgent(plan);
  checkNotify(plan);
  await checkPrompt(plan);
  await checkWorker(plan);
  await namespaceFor(plan.settings.supervision);
}

/** Where figures are to go to. */
async function checkTelemetry({ settings, environment }: LoopPlan): Promise<void> {
  if (settings.metricsFile !== null) {
    const { fileTrouble } = await import('../telemetry/metrics-observer.ts');
    refuse(fileTrouble(settings.metricsFile));
  }
  if (settings.otel) {
    const { otelTrouble } = await import('../telemetry/otel-observer.ts');
    refuse(otelTrouble(environment));
  }
}

function refuse(trouble: AutoloopErrorFacts | null): void {
  if (trouble !== null) {
    throw new AutoloopError(trouble);
  }
}

/** A folder that cannot be written at all is told as such when it is opened: a read-only disk has no room either. */
export function checkDisk({ dataDirectory, settings }: LoopPlan): void {
  const path = nearestThere(dataDirectory);
  const freeMb = isWritable(path) ? freeMbAt(path) : null;
  const shortage = diskShortage({ path, freeMb, floorMb: settings.minFreeMb });
  if (shortage) {
    const { message, fix } = shortage;
    throw new AutoloopError({ code: EXIT.resourceExhausted, message, ...(fix && { fix }) });
  }
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

export function checkWorkspace({ workspace }: LoopPlan): void {
  const why = whyNotWorkable(workspace);
  if (why !== null) {
    throw new AutoloopError({
      code: EXIT.access,
      message: `The workspace ${workspace} cannot be worked in: ${why}.`,
      fix: 'Make it a folder that this user may write to, or name another one with --workspace.',
    });
  }
}

function whyNotWorkable(workspace: string): string | null {
  try {
    if (!statSync(workspace).isDirectory()) {
      return 'it is no folder';
    }
    accessSync(workspace, constants.R_OK | constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return `${UNWORKABLE[code] ?? 'the system says'} (${code})`;
  }
}

const UNWORKABLE: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  ENOTDIR: 'a part of the path is no folder',
  EACCES: 'permission denied',
  EROFS: 'its file system is read-only',
};

/** The preferred agent's program, if it is known; those of the others are checked, too. */
export function checkAgent(plan: LoopPlan): string | null {
  const [first = null] = plan.agents.map(({ agent }) => checkProgram(plan, agent));
  return first;
}

/** A task that says itself what to run is asked only when it runs. */
function checkProgram(plan: LoopPlan, agent: Agent): string | null {
  const { task } = plan;
  const settings = plan.settingsFor(agent.name);
  const program = settings.agentCommand?.[0] ?? agent.program;
  if (program === null) {
    if (hasHook(task, 'runWorker')) {
      return null;
    }
    throw new AutoloopError({
      code: EXIT.configuration,
      message: `The agent "${agent.name}" needs a program to run.`,
      fix: `Name it: --agent ${agent.name} --agent-command "PROGRAM ARGUMENTS"`,
    });
  }
  const found = plan.resolveProgram(program, plan.environment);
  if (found === null && !hasHook(task, 'runWorker')) {
    throw new AutoloopError({
      code: EXIT.agentMissing,
      ...(program.includes('/')
        ? notExecutable(agent.name, program)
        : notOnPath(agent.name, program)),
    });
  }
  return found;
}

function notExecutable(agent: string, program: string) {
  return {
    message: `The program of the agent "${agent}" was not found, or is no executable file: ${program}.`,
    fix: `Correct its path, or make it executable: chmod +x ${program}`,
  };
}

function notOnPath(agent: string, program: string) {
  return {
    message: `The program of the agent "${agent}" was not found: ${program}.`,
    fix: 'Install it, or name it: --agent-command "PATH ARGUMENTS"',
  };
}

export async function checkPrompt(plan: LoopPlan): Promise<string> {
  const candidates = await callHook(plan.task, 'promptCandidates', hookContext(plan));
  if (!candidates.ok && failurePolicy(plan.task, 'promptCandidates') !== 'warn') {
    const { message, fix } = candidates;
    throw new AutoloopError({ code: EXIT.configuration, message, fix });
  }
  const { task, promptFile } = plan;
  return resolvePrompt({ task, promptFile, candidates: candidates.ok ? candidates.value : null })
    .file;
}

export async function checkWorker(plan: LoopPlan): Promise<void> {
  const checked = await callHook(plan.task, 'checkWorkerAvailable', hookContext(plan));
  const isLetPass = !checked.ok && failurePolicy(plan.task, 'checkWorkerAvailable') === 'warn';
  if (isLetPass || (checked.ok && checked.value.available)) {
    return;
  }
  throw new AutoloopError({
    code: EXIT.agentMissing,
    message: checked.ok
      ? `Task "${plan.task.name}" says that no worker can be started: ${checked.value.reason ?? 'no reason given'}.`
      : checked.message,
    fix: checked.ok ? 'Mend what it names, then start again.' : checked.fix,
  });
}

/** Outside of a run: nothing of the loop is open. */
export function hookContext(plan: LoopPlan, dryRun = false): TaskContext {
  const paths = dataPaths(plan.dataDirectory);
  const world = {
    ...{ loop: plan.loop, task: plan.task, settings: plan.settings, agent: plan.agent },
    ...{ root: plan.root, workspace: plan.workspace, runId: null },
    paths: { ...paths, summaryJson: paths.summary },
    redact: (text: string): string => plan.redactor.redact(text),
    log: { info: () => {} },
  };
  return taskContext(world, { iteration: 1, attempt: 1, target: null, dryRun });
}
