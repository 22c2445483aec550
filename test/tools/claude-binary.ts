import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';

/**
 * Path of the pinned Claude Code binary that `npm ci --prefix test/tools` installs,
 * or null when it is not installed or not built for this platform.
 */
export function findClaudeBinary(): string | null {
  return candidates().find(isExecutable) ?? null;
}

// npm installs only the platform package that fits; on Linux the C library decides which.
function candidates(): string[] {
  const platform = `claude-code-${process.platform}-${process.arch}`;
  return [platform, `${platform}-musl`].map((name) =>
    join(import.meta.dirname, 'node_modules', '@anthropic-ai', name, 'claude'),
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
