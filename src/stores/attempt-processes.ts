import { setImmediate, setTimeout } from 'node:timers/promises';
import { darwinProcesses } from './darwin-processes.ts';
import { linuxProcesses } from './linux-processes.ts';
import type { ProcessRow } from './process-row.ts';

export interface TreeSearch {
  readonly attemptId: string;
  /** Pid of the agent, which leads its group and its session. */
  readonly leader?: number;
  /** Members seen before, while their parents lived. */
  readonly known?: readonly ProcessRow[];
}

/** Ends whatever is left of an attempt, with KILL; how many processes there were. Rejects where one cannot be ended. */
export function sweepAttempt(attemptId: string): Promise<number> {
  return sweepTree({ attemptId });
}

/** Kills until two looks in a row have found nothing. Rejects after ten seconds, naming what is left. */
export async function sweepTree(search: TreeSearch): Promise<number> {
  const ended = new Set<string>();
  const giveUpAtMs = process.uptime() * 1000 + MOST_SWEEPING_MS;
  for (let emptyLooks = 0; emptyLooks < 2;) {
    const found = killTree(search);
    found.forEach((row) => ended.add(identity(row)));
    emptyLooks = found.length === 0 ? emptyLooks + 1 : 0;
    if (found.length > 0 && process.uptime() * 1000 > giveUpAtMs) {
      throw new Error(`The system cannot end ${found.map(({ pid }) => pid).join(', ')}`);
    }
    await (found.length > 0 ? setTimeout(PAUSE_MS) : setImmediate());
  }
  return ended.size;
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
  const rows = processes(search.attemptId);
  const ownPids = withAncestors(rows, process.pid);
  const own = rows.filter(({ pid }) => ownPids.has(pid));
  const others = rows.filter(({ pid }) => !ownPids.has(pid));
  const sessions = sessionsOf(others, search);
  own.forEach(({ session }) => sessions.delete(session));
  const isMember = membership(sessions, search);
  return withDescendants(others, others.filter(isMember));
}

const MOST_SWEEPING_MS = 10_000;
const PAUSE_MS = 3;

function processes(attemptId: string): ProcessRow[] {
  const mark = `AUTOLOOP_ATTEMPT_ID=${attemptId}`;
  return process.platform === 'darwin' ? darwinProcesses(mark) : linuxProcesses(mark);
}

function sessionsOf(rows: readonly ProcessRow[], { leader = 0 }: TreeSearch): Set<number> {
  const marked = rows.filter(({ isMarked }) => isMarked);
  const sessions = new Set([leader, ...marked.map(({ session }) => session)]);
  sessions.delete(0);
  return sessions;
}

function membership(
  sessions: ReadonlySet<number>,
  { leader = 0, known = [] }: TreeSearch,
): (row: ProcessRow) => boolean {
  const seen = new Set(known.map(identity));
  return (row) =>
    row.isMarked ||
    sessions.has(row.session) ||
    (leader !== 0 && row.group === leader) ||
    seen.has(identity(row));
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

/** It may have gone since it was seen, or have become another user's. */
function sendKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // The next look tells.
  }
}
