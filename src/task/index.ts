/** `autoloop/task`: what a task module imports. */
export { hasDrifted, type WorkPlace } from '../domain/progress/drift.ts';
export {
  GRADUATION_THRESHOLD,
  graduationScore,
  isGraduated,
  stabilityOf,
  type Maturity,
  type ToldMaturity,
} from '../domain/progress/graduation.ts';
export type { Mode } from '../domain/mode.ts';
export type { Measures } from '../domain/progress/measures.ts';
export {
  prdCompletion,
  type PrdCompletion,
  type Share,
} from '../domain/progress/prd-completion.ts';
export { parsePrd, type PrdItem } from '../domain/progress/prd-items.ts';
export { commandFor, isCommand } from './commands/command-for.ts';
export { runCommand, type HookCommand, type HookCommandEnd } from './commands/run-command.ts';
export { startTarget } from './commands/start-target.ts';
export { composePrompt } from './compose-prompt.ts';
export { defineTask } from './define-task.ts';
export { fewAtOnce } from './few-at-once.ts';
export { readHistory } from './read-history.ts';
export { reportInstructions } from './report-instructions.ts';
export { describeCommands, type WrittenCommands } from './targets/describe-commands.ts';
export { describePrd } from './targets/describe-prd.ts';
export { describeRecord } from './targets/describe-record.ts';
export { folderFigures, type FolderFigures } from './targets/folder-figures.ts';
export { foldersIn } from './targets/folders-in.ts';
export { gatesFor, type WrittenGate } from './targets/gates-for.ts';
export { namesIn } from './targets/names-in.ts';
export { qualityOf } from './targets/quality-of.ts';
export { readPrd } from './targets/read-prd.ts';
export { sumOf } from './targets/sum-of.ts';
export type {
  EndedIterationContext,
  EpilogueContext,
  PromptContext,
  PromptParts,
  TaskContext,
  TaskPaths,
  WorkerContext,
} from './context.ts';
export type { GateReading, GateRun, TaskGate } from './gate.ts';
export type {
  Awaitable,
  TargetCandidate,
  TargetSelection,
  TaskDefaults,
  TaskDefinition,
  WorkerAvailability,
  WorkerPlan,
} from './definition.ts';
export type { SelectionContext, TargetOffer } from './selection-hooks.ts';
export type { FailurePolicies, FailurePolicy } from './failure-policies.ts';
export type { OwnSchema, OwnSettings } from './own-settings.ts';
export type { Outcome } from '../domain/outcome.ts';
export type { Report, ReportStatus } from '../domain/report.ts';
export type { TargetRecord } from '../domain/summary/summary.ts';
export type { ScoringRules, WrittenRules } from '../selection/scoring-rules.ts';
export type { Settings } from '../domain/settings.ts';
