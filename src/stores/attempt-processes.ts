import { setImmediate, setTimeout } from 'node:timers/promises';
import { AttemptCgroup } from './attempt-cgroup.ts';
import { darwinProcesses } from './darwin-processes.ts';
import { linuxProcesses, type ProcessLook } from './linux-processes.ts';
import type { ProcessRow } from './process-row.ts';

export interface TreeSearch {
  readonly attemptId: string;
  /** Pid of the agent, which leads its group and its session. */
  readonly leader?: number;
  /** Members seen before, while their parents lived. */
  readonly known?: readonly ProcessRow[];
  /** Its control group; null: it has none. */
  readonly cgroup?: AttemptCgroup | null;
  readonly strangers?: Strangers;
}

/** Who was seen by looks just before, and is no member. */
interface Strangers {
  readonly known: Map<number, ProcessRow>;
  /** How many of the last look may yet turn out to be members. */
  unsure: number;
}

/** Ends whatever is left of an attempt, with KILL; the names of what there was. Rejects where one cannot be ended. */
export function sweepAttempt(attemptId: string): Promise<readonly string[]> {
  return sweepTree({ attemptId, cgroup: AttemptCgroup.find(attemptId) });
}

/**
 * Kills until two looks in a row have found nothing, and nobody whose environment could not be seen yet: a process
 * may be kept in the middle of an exec for as long as others use the processor, for a second at most. Rejects after
 * ten seconds, naming what is left. Who hands on to a child faster than anybody can look is seen by none of them; it
 * does not leave its group by that.
 */
export async function sweepTree(search: TreeSearch): Promise<readonly string[]> {
  const ended = new Map<string, string>();
  // In the moments between two looks, no pid comes round again.
  const strangers: Strangers = { known: new Map(), unsure: 0 };
  const giveUpAtMs = uptimeMs() + MOST_SWEEPING_MS;
  let isGroupEnded = false;
  let foundAtMs = uptimeMs();
  for (let emptyLooks = 0, isUnsure = false; emptyLooks < 2 || isUnsure;) {
    const found = killTree({ ...search, strangers });
    found.forEach((row) => ended.set(identity(row), row.name));
    emptyLooks = found.length === 0 ? emptyLooks + 1 : 0;
    search.cgroup?.kill();
    if (!isGroupEnded) {
      isGroupEnded = true;
      endGroup(search);
    }
    if (found.length > 0) {
      strangers.known.clear();
      foundAtMs = uptimeMs();
    }
    if (found.length > 0 && foundAtMs > giveUpAtMs) {
      throw new Error(`The system cannot end ${found.map(({ pid }) => pid).join(', ')}`);
    }
    isUnsure = strangers.unsure > 0 && uptimeMs() - foundAtMs < MOST_UNSURE_MS;
    const isInMotion = found.length > 0 || strangers.unsure > 0;
    await (isInMotion ? setTimeout(PAUSE_MS) : setImmediate());
  }
  search.cgroup?.remove();
  return [...ended.values()];
}

/** One look, each member sent a KILL. */
export function killTree(search: TreeSearch): readonly ProcessRow[] {
  const found = findTree(search);
  found.forEach(({ pid }) => sendKill(pid));
  return found;
}

/**
 * The living processes of an attempt: marked by their environment, of the agent's group or session or one of the
 * marked ones', known from before, and all that descends from these. Never this process or one it descends from.
 */
export function findTree(search: TreeSearch): readonly ProcessRow[] {
  const { attemptId, strangers } = search;
  const mark = `AUTOLOOP_ATTEMPT_ID=${attemptId}`;
  const rows = processes({ mark, ...(strangers && { known: strangers.known }) });
  const members = treeAmong(rows, search);
  if (strangers) {
    const sure = rows.filter(({ isBetweenPrograms }) => !isBetweenPrograms);
    strangers.unsure = rows.length - sure.length;
    sure.forEach((row) => strangers.known.set(row.pid, row));
    members.forEach(({ pid }) => strangers.known.delete(pid));
  }
  return members;
}

/** The same without a look into any environment: cheaper, and blind for who left group, session and parent since. */
export function lookAtTree(search: TreeSearch): readonly ProcessRow[] {
  return treeAmong(processes({}), search);
}

function treeAmong(rows: readonly ProcessRow[], search: TreeSearch): readonly ProcessRow[] {
  const ownPids = withAncestors(rows, process.pid);
  const own = rows.filter(({ pid }) => ownPids.has(pid));
  const others = rows.filter(({ pid }) => !ownPids.has(pid));
  const seen = new Set(search.known?.map(identity));
  const inGroup = search.cgroup?.members();
  const isSeed = (row: ProcessRow): boolean =>
    row.isMarked || seen.has(identity(row)) || inGroup?.has(row.pid) === true;
  const { leader = 0 } = search;
  const sessions = new Set([leader, ...others.filter(isSeed).map(({ session }) => session)]);
  [0, ...own.map(({ session }) => session)].forEach((session) => sessions.delete(session));
  const isMember = (row: ProcessRow): boolean =>
    isSeed(row) || sessions.has(row.session) || (leader !== 0 && row.group === leader);
  return withDescendants(others, others.filter(isMember));
}

const MOST_SWEEPING_MS = 10_000;
const MOST_UNSURE_MS = 1000;
const PAUSE_MS = 3;

function processes(look: ProcessLook): ProcessRow[] {
  return process.platform === 'darwin' ? darwinProcesses(look.mark ?? null) : linuxProcesses(look);
}

function uptimeMs(): number {
  return process.uptime() * 1000;
}

function withAncestors(rows: readonly ProcessRow[], pid: number): ReadonlySet<number> {
  const parents = new Map(rows.map((row) => [row.pid, row.parent]));
  const line = new Set<number>();
  for (let at: number | undefined = pid; at && !line.has(at); at = parents.get(at)) {
    line.add(at);
  }
  return line;
}

function withDescendants(
  rows: readonly ProcessRow[],
  roots: readonly ProcessRow[],
): readonly ProcessRow[] {
  const children = Map.groupBy(rows, ({ parent }) => parent);
  const tree = new Set(roots);
  for (const member of tree) {
    children.get(member.pid)?.forEach((child) => tree.add(child));
  }
  return [...tree];
}

function identity({ pid, startTicks }: ProcessRow): string {
  return `${pid} ${startTicks}`;
}

/** Once: a number that no group has any more may be given to another one. */
function endGroup({ leader = 0 }: TreeSearch): void {
  if (leader > 0) {
    sendKill(-leader);
  }
}

/** It may have gone since it was seen, or have become another user's. */
function sendKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // The next look tells.
  }
}
