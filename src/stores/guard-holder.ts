import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** The process that listens on this abstract socket; null: none, or none that this user can see. */
export function guardHolder(name: string): number | null {
  const inode = socketInode(name);
  const holder =
    inode === null ? undefined : processes().find((pid) => hasOpen(pid, `socket:[${inode}]`));
  return holder === undefined ? null : Number(holder);
}

/** A line of /proc/net/unix: Num RefCount Protocol Flags Type St Inode Path, the zero byte shown as `@`. */
function socketInode(name: string): string | null {
  const shown = ` ${name.replace('\0', '@')}`;
  const line = readQuietly(() => readFileSync('/proc/net/unix', 'utf8'), '')
    .split('\n')
    .find((entry) => entry.endsWith(shown));
  return line?.split(/\s+/)[6] ?? null;
}

function processes(): string[] {
  return readQuietly(() => readdirSync('/proc'), []).filter((name) => /^\d+$/.test(name));
}

function hasOpen(pid: string, file: string): boolean {
  const descriptors = readQuietly(() => readdirSync(`/proc/${pid}/fd`), []);
  return descriptors.some(
    (fd) => readQuietly(() => readlinkSync(`/proc/${pid}/fd/${fd}`), '') === file,
  );
}

/** Processes end while we look, and those of others are closed to us: both are no news. */
function readQuietly<Value>(read: () => Value, otherwise: Value): Value {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
