import type { IsolationLayers, LoopWorld } from '../actors/loop-world.ts';
import { FailedValidationFolder } from '../stores/failed-validation-folder.ts';
import { freeMbAt } from '../stores/free-space.ts';
import { bootId } from '../stores/process-identity.ts';
import { MachineGauges } from '../stores/machine-gauges.ts';
import { removeStaleTemporaries } from '../stores/temporary-file.ts';
import { resourcesAt } from '../stores/resources-at.ts';
import { SystemProcessTable } from '../stores/system-process-table.ts';
import { sweepAttempt } from '../stores/attempt-processes.ts';
import { namespaceFor } from './probe-namespace.ts';
import { choiceNamed } from './choose-agents.ts';
import type { LoopFiles } from './loop-files.ts';
import type { TamperGuard } from './tamper-guard.ts';
import type { LoopPlan } from './loop-plan.ts';
import { WorkMark } from './work-mark.ts';

export interface WorldParts {
  readonly plan: LoopPlan;
  readonly files: Pick<
    LoopFiles,
    'paths' | 'clock' | 'attempts' | 'workers' | 'notes' | 'summaries' | 'log'
  > &
    Partial<Pick<LoopFiles, 'reserve'>>;
  readonly runId: string;
  readonly launches: boolean;
  readonly wasStarted: LoopWorld['wasStarted'];
  readonly mayBeBegun: LoopWorld['mayBeBegun'];
  readonly persisted: () => Promise<void>;
  readonly runsGate: LoopWorld['runsGate'];
  readonly isolation: IsolationLayers;
  readonly guard: Pick<TamperGuard, 'look' | 'note'>;
}

/** Puts together what the actors of a loop share. */
export function loopWorld(parts: WorldParts): LoopWorld {
  const { plan, files, runId, launches, persisted, isolation, guard } = parts;
  const { wasStarted, mayBeBegun, runsGate } = parts;
  const { paths } = files;
  const mark = new WorkMark(plan);
  return {
    ...{ runId, launches, wasStarted, mayBeBegun, runsGate, persisted, isolation },
    loop: plan.loop,
    task: plan.task,
    agent: plan.agent,
    agentNamed: (name) => choiceNamed(plan.agents, name),
    settings: plan.settings,
    promptFile: plan.promptFile,
    root: plan.root,
    workspace: plan.workspace,
    paths: {
      directory: paths.directory,
      events: paths.events,
      log: paths.log,
      iterations: paths.iterations,
      summaryJson: paths.summary,
      summaryText: paths.summaryText,
    },
    equip: (request) => plan.equip({ ...request, runId, events: paths.events }),
    resolveProgram: plan.resolveProgram,
    clock: files.clock,
    bootId: bootId(),
    random: Math.random,
    lookAfterFiles: () => guard.look(),
    tampered: (file, wrong) => guard.note(file, wrong),
    attempts: files.attempts,
    workers: files.workers,
    processes: new SystemProcessTable(),
    gauges: new MachineGauges(),
    disk: {
      freeMb: () => freeMbAt(paths.directory),
      wasFull: () => files.reserve?.wasUsed() ?? false,
    },
    notes: files.notes,
    failedValidations: new FailedValidationFolder(paths.gates),
    summaries: files.summaries,
    resources: () => resourcesAt(paths),
    redact: (text) => plan.redactor.redact(text),
    secrets: plan.secrets,
    log: files.log,
    workMark: () => mark.now(),
    composed: new Map(),
    removeLeftovers: () => removeStaleTemporaries(paths.directory),
    sweepAttempt,
    namespaceFor,
  };
}
