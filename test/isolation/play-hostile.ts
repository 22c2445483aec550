import { chmodSync, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { AttemptOrder } from '../../src/domain/attempt.ts';
import { sendSignal } from '../../src/isolation/send-signal.ts';
import { CLAIM } from '../../src/stores/attempt-claim.ts';
import { sweepAttempt } from '../../src/stores/attempt-processes.ts';
import { RESULT } from '../../src/stores/attempt-result.ts';
import { readShapedFile } from '../../src/stores/shaped-file.ts';
import { handOver } from './another-user.ts';
import { GRACE_MS, type Ending } from './endings.ts';
import { hasCgroups, type HostileAgent } from './hostile-agents.ts';
import { IsolationLayer, orderFor, program, until } from './isolation-layer.ts';
import { leftOf, living } from './left-of-attempt.ts';
import type { TriedSupervision } from './supervisions.ts';
import { temporaryRoot } from './temporary-root.ts';

export interface Attempt {
  readonly ending: Ending;
  /** Behind the token and the mode. */
  readonly arg: string | null;
}

export interface Played {
  readonly outcome: string;
  readonly late: string;
  /** Pids. */
  readonly left: readonly number[];
  readonly state: string;
}

/** One attempt from its start to its end, with an agent at its worst in between. */
export async function play(
  agent: HostileAgent,
  attempt: Attempt,
  { namespace }: TriedSupervision,
): Promise<Played> {
  const { ending, arg } = attempt;
  const isStrict = namespace !== null;
  const { layer, token } = start(agent, attempt, namespace);
  await until(() => isAtItsWorst(agent, layer) || layer.hasEnded);
  const broughtMs = Date.now();
  WAYS[ending].bring(layer);
  await layer.exit;
  if (!isStrict && !layer.hasResult) {
    // What the runner does, or the next one.
    await sweepAttempt(layer.order.attemptId);
  }
  const escapes = !isStrict && !hasCgroups && agent.escapes?.includes(ending) === true;
  const left = escapes ? [] : await leftOf(layer, token);
  const endedMs = Date.now();
  giveBack(layer);
  if (layer.hasResult) {
    agent.proves?.({ layer, ending, arg, isStrict, tookMs: endedMs - broughtMs });
  }
  const lateMs = endedMs - WAYS[ending].dueMs(layer, broughtMs);
  return {
    outcome: layer.hasResult ? layer.result.outcome : 'interrupted',
    late: lateMs < agent.boundMs ? 'in time' : `${lateMs} ms`,
    left,
    state: stateOf(layer),
  };
}

interface Started {
  readonly layer: IsolationLayer;
  /** In the arguments of all of its processes, but for those that change theirs. */
  readonly token: string;
}

function start(
  agent: HostileAgent,
  { ending, arg }: Attempt,
  namespace: TriedSupervision['namespace'],
): Started {
  const token = String((tokens += 1));
  const mode = ending === 'ends by itself' && agent.stays !== true ? 'leave' : 'stay';
  const way = WAYS[ending];
  const order = orderFor(temporaryRoot(), program(`hostile/${agent.program}`), {
    ...{ namespace, graceMs: GRACE_MS, args: [token, mode, ...(arg === null ? [] : [arg])] },
    ...agent.order,
    ...way.order,
    // Whose own end is brought about by something else waits for that alone.
    ...(ending !== 'ends by itself' && agent.order?.lingerMs !== undefined && LINGERS),
  });
  agent.prepare?.(order);
  const user = agent.asUser === true ? handOver(order.cwd) : {};
  const layer = new IsolationLayer(order, { hasRunner: way.hasRunner === true, user });
  onTestFinished(() => living(layer, token).forEach((pid) => void sendSignal(pid, 'SIGKILL')));
  return { layer, token };
}

const LINGERS = { lingerMs: 60_000 };
let tokens = 600_000_000 + process.pid * 1_000;

function isAtItsWorst({ tellsByFile }: HostileAgent, layer: IsolationLayer): boolean {
  return tellsByFile === true
    ? existsSync(join(layer.order.cwd, 'ready'))
    : layer.log.includes('ready');
}

/** Of two signals at once only one may arrive. */
function insist(layer: IsolationLayer): void {
  layer.signal('SIGTERM');
  const insisting = setInterval(() => layer.signal('SIGTERM'), 50);
  void layer.exit.then(() => clearInterval(insisting));
}

/** What the agent took from everybody. */
function giveBack({ order }: IsolationLayer): void {
  const iterations = join(order.cwd, 'iterations');
  if (existsSync(iterations)) {
    chmodSync(iterations, 0o700);
  }
}

/** As a runner reads it. */
function stateOf({ order, hasResult }: IsolationLayer): string {
  const path = (name: string): string => join(order.directory, name);
  try {
    const claim = readShapedFile(path('claim.json'), CLAIM);
    readShapedFile(path('result.json'), RESULT);
    const mode = hasResult ? statSync(path('result.json')).mode & 0o777 : 0o600;
    const isWhole = claim?.attemptId === order.attemptId || !existsSync(order.directory);
    return isWhole && mode === 0o600 ? 'readable' : `claim of ${claim?.attemptId}, mode ${mode}`;
  } catch (error) {
    return String(error);
  }
}

const NO_GRACE_MS = 60_000;
const TIMEOUT_MS = 1_000;

/** How an ending comes about. */
interface Way {
  readonly order?: Partial<AttemptOrder>;
  readonly hasRunner?: true;
  /** Called when the agent is at its worst. */
  readonly bring: (layer: IsolationLayer) => void;
  /** When all of it should have ended, epoch milliseconds; asked when it has. */
  readonly dueMs: (layer: IsolationLayer, broughtMs: number) => number;
}

const atOnce: Way['dueMs'] = (_, broughtMs) => broughtMs;
const byItsDeadline: Way['dueMs'] = ({ claim }) => claim.deadlineEpochMs + GRACE_MS;

const WAYS: Readonly<Record<Ending, Way>> = {
  'ends by itself': { bring: () => {}, dueMs: atOnce },
  'times out': { order: { timeoutMs: TIMEOUT_MS }, bring: () => {}, dueMs: byItsDeadline },
  'is stopped': {
    bring: (layer) => layer.signal('SIGTERM'),
    dueMs: (_, broughtMs) => broughtMs + GRACE_MS,
  },
  'is stopped twice': { order: { graceMs: NO_GRACE_MS }, bring: insist, dueMs: atOnce },
  'loses its runner': {
    order: { timeoutMs: TIMEOUT_MS },
    hasRunner: true,
    bring: (layer) => layer.killRunner(),
    dueMs: byItsDeadline,
  },
  'loses its isolation layer': { bring: (layer) => layer.signal('SIGKILL'), dueMs: atOnce },
};
