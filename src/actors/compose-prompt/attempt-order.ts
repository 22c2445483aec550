import type { AgentSession } from '../../domain/agent-session.ts';
import type { AttemptOrder, Command, TreeLimits } from '../../domain/attempt.ts';
import type { AttemptInput } from '../../domain/loop-work.ts';
import type { Settings } from '../../domain/settings.ts';
import type { WorkerOrder } from '../../task/hooks.ts';
import { REFLOG_ACTION } from '../checkpoint/reflog-action.ts';
import type { AgentChoice, Equipment, LoopWorld } from '../loop-world.ts';

const LINGER_MS = 15_000;

export interface OrderParts {
  readonly input: AttemptInput;
  readonly attemptId: string;
  /** null: the attempt begins anew. */
  readonly session: AgentSession | null;
  readonly price: AgentChoice['price'];
  readonly worker: WorkerOrder;
  readonly equipment: Equipment;
  readonly command: Command;
  readonly namespace: Command | null;
}

/** All that an isolation layer is told of its attempt. */
export function attemptOrder(world: LoopWorld, parts: OrderParts): AttemptOrder {
  const { settings, env, plan } = parts.equipment;
  const { iteration, attempt, target } = parts.input;
  const directory = world.attempts.directory({ iteration, attempt });
  const placed = (text: string): string =>
    plan.files === undefined ? text : text.replaceAll('{attemptDir}', directory);
  return {
    format: 1,
    ...{ iteration, attempt, target },
    attemptId: parts.attemptId,
    runId: world.runId,
    loop: world.loop,
    task: world.task.name,
    agent: parts.input.agent,
    command: { ...parts.command, args: parts.command.args.map(placed) },
    env: {
      ...Object.fromEntries(Object.entries(env).map(([name, value]) => [name, placed(value)])),
      // That of the runner names another folder, and some agents believe it more than where they are.
      PWD: parts.worker.cwd,
      ...(world.settings.checkpoint === 'off' ? {} : { GIT_REFLOG_ACTION: REFLOG_ACTION }),
    },
    cwd: parts.worker.cwd,
    stdin: parts.worker.stdin,
    directory,
    files: plan.files ?? {},
    logFile: world.attempts.logFile(iteration),
    timeoutMs: settings.timeout * 1000,
    idleTimeoutMs: settings.idleTimeout * 1000,
    graceMs: settings.grace * 1000,
    lingerMs: LINGER_MS,
    limits: treeLimits(settings),
    budget: parts.input.budget,
    price: parts.price,
    session: parts.session,
    namespace: parts.namespace,
    minFreeMb: settings.minFreeMb,
    logMaxBytes: settings.iterationLogMaxMb * 1_000_000,
    secrets: world.secrets,
  };
}

function treeLimits(settings: Settings): TreeLimits {
  const { memory, maxProcs, maxOpenFiles, maxCpu, nice } = settings;
  return {
    memoryBytes: memory * 2 ** 20,
    processes: maxProcs,
    openFiles: maxOpenFiles,
    cpuSeconds: maxCpu,
    nice,
  };
}
