import { DatabaseSync } from 'node:sqlite';
import { AutoloopError, EXIT } from '../domain/error.ts';

/** Takes SQLite's exclusive lock on the file; null: another process has it. It lasts until `close()` or the process's end. */
export function openExclusively(path: string): DatabaseSync | null {
  const database = new DatabaseSync(path, { open: false, timeout: 0 });
  try {
    database.open();
    // No journal beside the lock: it would be left behind by a kill, and could not be made on a full disk.
    database.exec('PRAGMA journal_mode = MEMORY');
    database.exec('BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    closeQuietly(database);
    return refuse(path, error);
  }
}

/** Primary result codes of https://sqlite.org/rescode.html */
const SQLITE = { busy: 5, full: 13, notADatabase: 26 } as const;

function refuse(path: string, error: unknown): null {
  const code = sqliteCode(error);
  switch (code) {
    case null:
      throw error;
    case SQLITE.busy:
      return null;
    case SQLITE.notADatabase:
      throw new AutoloopError({
        code: EXIT.state,
        message: `Cannot lock ${path}: something else has been written into it.`,
        fix: `Where no loop uses it, remove it: rm ${path}`,
        cause: error,
      });
    default:
      throw new AutoloopError({
        code: code === SQLITE.full ? EXIT.resourceExhausted : EXIT.access,
        message: `Cannot lock ${path}: ${error instanceof Error ? error.message : String(error)}.`,
        fix: `Look at the file and its folder, or take another with --data: ls -la ${path}`,
        cause: error,
      });
  }
}

function sqliteCode(error: unknown): number | null {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode & 0xff
    : null;
}

function closeQuietly(database: DatabaseSync): void {
  if (database.isOpen) {
    database.close();
  }
}
