import type { ExitFacts } from '../../machines/attempt/context.ts';
import type { AttemptEvent } from '../../machines/attempt/events.ts';
import type { AgentReader } from '../agents/agent.ts';
import type { AttemptOrder } from '../domain/attempt.ts';
import type { AgentPipes } from './agent-pipes.ts';
import { AgentOutput, type Redaction } from './agent-output.ts';
import { budgetExcess } from './budget-excess.ts';
import { BaseProcessTree } from './base-process-tree.ts';
import { DiskFloor } from './disk-floor.ts';
import { IdleClock } from './idle-clock.ts';
import { OutputLog } from './output-log.ts';
import { NamespaceTree } from './namespace-tree.ts';
import type { AgentLife, ProcessTree } from './process-tree.ts';
import { TreeMeter } from './tree-meter.ts';
import { startAgent, startFailure, type StartedAgent } from './start-agent.ts';
import { volunteerForOom } from './volunteer-for-oom.ts';

type Tell = (event: AttemptEvent) => void;

interface RunParts {
  /** null: Node's sockets are used. */
  readonly pipes: AgentPipes | null;
  readonly reader: AgentReader;
  /** Of other agents, only what their reader takes for life is a sign of it. */
  readonly bytesAreLife: boolean;
  readonly startRedaction: () => Redaction;
}

/** One agent, from its start to its last byte. */
export class AgentRun {
  readonly idle = new IdleClock();
  readonly meter: TreeMeter;
  readonly #order: AttemptOrder;
  readonly #parts: RunParts;
  #tell: Tell = () => {};
  #started: StartedAgent | null = null;
  #tree: ProcessTree | null = null;
  #output: AgentOutput | null = null;
  #isFinal = false;
  #isOverBudget = false;

  constructor(order: AttemptOrder, parts: RunParts) {
    this.#order = order;
    this.meter = new TreeMeter(order.limits);
    this.#parts = parts;
  }

  /** Tells what becomes of the agent, from the next turn of the event loop on. */
  start(tell: Tell): void {
    this.#tell = tell;
    try {
      this.#follow(startAgent(this.#order, this.#parts.pipes));
    } catch (error) {
      queueMicrotask(() => this.#tellFailure(error));
    }
  }

  /** null until there is an agent. */
  get tree(): ProcessTree | null {
    return this.#tree;
  }

  get output(): AgentOutput | null {
    return this.#output;
  }

  /** Hears and says nothing more; what was held back is kept. */
  close(): void {
    this.#tell = () => {};
    this.#started?.stdin.destroy();
    this.#started?.init?.destroy();
    this.#started?.child.unref();
    this.#started?.cgroup?.remove();
    this.#output?.close();
  }

  #follow(started: StartedAgent): void {
    const { child, cgroup, stdin, init } = started;
    const { attemptId } = this.#order;
    this.#started = started;
    this.#output = this.#listen(started);
    this.#tree = init
      ? new NamespaceTree({ child, channel: init, attemptId }, this.#life())
      : new BaseProcessTree({ child, cgroup, attemptId }, this.#life());
    // It may end without having read its prompt.
    stdin.on('error', () => {});
    stdin.end(this.#order.stdin);
  }

  #life(): AgentLife {
    return {
      created: volunteerForOom,
      started: () => this.#tell({ type: 'agent.started' }),
      failed: (error) => this.#tellFailure(error),
      exited: (exit) => this.#exited(exit),
    };
  }

  #exited(exit: ExitFacts): void {
    this.meter.look(this.#tree);
    this.#tell({ type: 'agent.exited', exit });
  }

  #listen({ stdout, stderr }: StartedAgent): AgentOutput {
    return new AgentOutput({
      stdout,
      stderr,
      log: this.#openLog(),
      startRedaction: this.#parts.startRedaction,
      hearLine: (line) => this.#hearLine(line),
      hearBytes: this.#parts.bytesAreLife ? () => this.idle.restart() : () => {},
    });
  }

  #openLog(): OutputLog {
    const { logFile: path, logMaxBytes: maxBytes, minFreeMb } = this.#order;
    return new OutputLog(path, { maxBytes, floor: new DiskFloor({ path, minFreeMb }) });
  }

  #hearLine(line: string): void {
    const { life, final, openTools } = this.#parts.reader.read(line);
    this.#lookAtBudget();
    if (life) {
      this.idle.restart();
    }
    if (openTools > 0) {
      this.idle.hold();
    } else {
      this.idle.letGo();
    }
    if (final !== this.#isFinal) {
      this.#isFinal = final;
      this.#tell({ type: final ? 'agent.finalResult' : 'agent.resumed' });
    }
  }

  /** Told once: it is over for good. */
  #lookAtBudget(): void {
    const excess = this.#isOverBudget ? null : budgetExcess(this.#order, this.#parts.reader.spent);
    if (excess !== null) {
      this.#isOverBudget = true;
      this.#tell({ type: 'limit.exceeded', excess });
    }
  }

  #tellFailure(error: unknown): void {
    this.#tell({ type: 'agent.unavailable', failure: startFailure(this.#order, error) });
  }
}
