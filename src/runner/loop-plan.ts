import type { Agent } from '../agents/agent.ts';
import type { Environment } from '../domain/environment.ts';
import type { AgentChoice, Equipment, EquipmentRequest } from '../actors/loop-world.ts';
import type { ResolvedSetting, Settings } from '../domain/settings.ts';
import type { Redactor } from '../redaction/redactor.ts';
import type { KnownSecret } from '../redaction/known-secrets.ts';
import type { Task } from '../task/task.ts';

/** Everything that is decided before a loop is touched: which task, which agent, which settings, where. */
export interface LoopPlan {
  /** Name of the loop, and of its folder in `data/`. */
  readonly loop: string;
  readonly task: Task;
  /** The preferred one. */
  readonly agent: Agent;
  /** That one, then those that go on while a usage limit holds it. */
  readonly agents: readonly AgentChoice[];
  readonly settings: Settings;
  readonly resolved: readonly ResolvedSetting[];
  readonly promptFile: string | null;
  /** The flags it was made from, without dashes → as written; paths absolute. */
  readonly asked: Readonly<Record<string, string>>;
  readonly root: string;
  readonly workspace: string;
  /** Absolute path of `data/<loop>`; nothing is created there yet. */
  readonly dataDirectory: string;
  readonly environment: Environment;
  readonly secrets: readonly KnownSecret[];
  readonly redactor: Redactor;
  /** Which key or login will be billed. */
  readonly account: string | null;
  readonly equip: (
    request: EquipmentRequest & { readonly runId: string; readonly events: string },
  ) => Equipment;
  /** What programs see that are no workers and need no secret. */
  readonly bareEnvironment: () => Readonly<Record<string, string>>;
  /** Of one of these agents: the preferred one's, or the defaults of another. */
  readonly settingsFor: (agent: string) => Settings;
  readonly resolveProgram: (file: string, env: Environment) => string | null;
}
