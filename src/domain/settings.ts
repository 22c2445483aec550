import type { Supervision } from './attempt.ts';
import type { Mode } from './mode.ts';
import type { CheckpointMode, DirtyStart } from './checkpoint.ts';
import type { NotificationKind } from './notification/kind.ts';

/** The effective settings of a start; contract.md section 3. Units as on the command line. */
export interface Settings {
  readonly interval: number;
  /** 0: none. */
  readonly max: number;
  readonly timeout: number;
  /** Seconds, 0: off. Its default is the agent's. */
  readonly idleTimeout: number;
  readonly grace: number;
  readonly maxTurns: number;
  readonly model: string | null;
  readonly agent: string;
  /** Program and leading arguments; null: the agent's own name on PATH. */
  readonly agentCommand: readonly string[] | null;
  readonly allowedTools: readonly string[];
  readonly permissionMode: string;
  /** How far the agent may go; null: as far as its permission settings let it. */
  readonly mode: Mode | null;
  readonly maxFailures: number;
  readonly maxRetries: number;
  /** USD of the run; 0: no limit. */
  readonly maxCost: number;
  /** Tokens of the run, in, out and cache writes; 0: no limit. */
  readonly maxTokens: number;
  /** Seconds that a runner of the run lives; 0: no limit. */
  readonly maxRuntime: number;
  /** Seconds of the run; 0: no limit. */
  readonly maxLimitWait: number;
  /** Who goes on while a usage limit holds the agent, in this order. */
  readonly fallbackAgents: readonly string[];
  readonly continueSession: boolean;
  /** A JSON file; null: no cost is estimated. */
  readonly priceTable: string | null;
  /** Seconds. */
  readonly maxInterval: number;
  /** Iterations in a row that must report that all is done. */
  readonly completeAfter: number;
  /** How often something may repeat before the breaker opens; 0: as often as it likes. */
  readonly breakerFailures: number;
  readonly breakerSameError: number;
  readonly breakerSameTarget: number;
  readonly breakerNoChange: number;
  /** Seconds; its default follows from the interval. */
  readonly breakerCooldown: number;
  /** MB of a worker's whole tree; 0: no limit. */
  readonly memory: number;
  readonly maxProcs: number;
  readonly maxOpenFiles: number;
  /** Seconds of CPU time of a worker's whole tree; 0: no limit. */
  readonly maxCpu: number;
  readonly nice: number;
  readonly supervision: 'auto' | Supervision;
  /** Established TCP connections of processes that match `tcpFilter`. */
  readonly maxTcp: number;
  /** A regular expression; empty: off. */
  readonly tcpFilter: string;
  /** MB; 0: off. */
  readonly minFreeMemory: number;
  /** Of the last minute; 0: off. */
  readonly maxLoad: number;
  /** Generations of the log and of the events. */
  readonly rotateKeep: number;
  /** Days; 0: no limit. */
  readonly rotateDays: number;
  /** MB (1,000,000 bytes); 0: never. */
  readonly logMaxMb: number;
  readonly eventsMaxMb: number;
  /** Of the output of one iteration; MB (1,000,000 bytes), 0: no limit. */
  readonly iterationLogMaxMb: number;
  /** Iterations whose logs and folders are kept; 0: all. */
  readonly keepIterations: number;
  /** Days; 0: no limit. */
  readonly keepDays: number;
  /** Of the loop's folder; MB (1,000,000 bytes), 0: no limit. */
  readonly maxDataMb: number;
  readonly checkpoint: CheckpointMode;
  readonly dirtyStart: DirtyStart;
  /** null: none is kept. */
  readonly metricsFile: string | null;
  /** On loopback; 0: off. */
  readonly metricsPort: number;
  /** Traces and metrics are sent by OpenTelemetry. */
  readonly otel: boolean;
  readonly passEnv: readonly string[];
  /** MB that stay free on the disk of the data; 0: off. */
  readonly minFreeMb: number;
  readonly prefix: string;
  /** Where notices go, as written: they may hold secrets. */
  readonly notify: readonly string[];
  readonly notifyOn: readonly NotificationKind[];
  /** Of Ollama; null: no model puts the summary for the next prompt into words. */
  readonly summaryModel: string | null;
  /** Whether the agent is asked to write the summary for the next prompt itself, in its report. */
  readonly summaryBy: 'derived' | 'agent';
  /** Of the task's own settings, as written; null: none is set. */
  readonly taskSettings: string | null;
}

export type SettingName = keyof Settings;
export type SettingSource = 'flag' | 'environment' | 'task' | 'user' | 'system';

/** One value and where it comes from; `from` is the flag, variable, file or task as written. */
export interface ResolvedSetting {
  readonly name: SettingName;
  /** As it may be shown: what holds secrets is masked. `Settings` has it as it is. */
  readonly value: Settings[SettingName];
  readonly source: SettingSource;
  readonly from: string;
}
