import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { createServer, type Server } from 'node:net';
import { errorCode } from './error-code.ts';

/** A second lock that no `git clean` removes: an abstract socket named after the folder. It dies with its holder. */
export interface GuardSocket {
  /** false: this system has none, and nothing is guarded. */
  readonly stands: boolean;
  close(): void;
}

/** Same folder and same user: same name. It begins with a zero byte, which is what makes it abstract. */
export function guardName(directory: string): string {
  const hash = createHash('sha256').update(realPath(directory)).digest('hex').slice(0, 32);
  return `\0autoloop-${process.geteuid?.() ?? 0}-${hash}`;
}

/** Of a folder that was deleted under its loop, too. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT' && dirname(path) !== path) {
      return join(realPath(dirname(path)), basename(path));
    }
    throw error;
  }
}

/**
 * null: somebody has it. Where there are no such sockets (macOS, a sandbox) the guard guards nothing and the file
 * lock has to do. It does not keep the process alive: what a living loop waits for does.
 */
export async function takeGuard(name: string): Promise<GuardSocket | null> {
  if (process.platform !== 'linux') {
    return NO_GUARD;
  }
  const server = createServer((visitor) => visitor.destroy()).unref();
  try {
    await listening(server, name);
  } catch (error) {
    return errorCode(error) === 'EADDRINUSE' ? null : NO_GUARD;
  }
  return { stands: true, close: () => void server.close() };
}

const NO_GUARD: GuardSocket = { stands: false, close: () => undefined };

function listening(server: Server, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ path: name, exclusive: true }, resolve);
  });
}
