import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';

/**
 * Path of the pinned native Codex binary that `npm ci --prefix test/tools` installs, without the launcher of its
 * package; null when it is not installed or not built for this platform.
 */
export function findCodexBinary(): string | null {
  const target = TARGETS[`${process.platform}-${process.arch}`];
  if (target === undefined) {
    return null;
  }
  const path = join(
    import.meta.dirname,
    'node_modules',
    '@openai',
    `codex-${process.platform}-${process.arch}`,
    'vendor',
    target,
    'bin',
    'codex',
  );
  return isExecutable(path) ? path : null;
}

// Each platform package holds its binary under the name of what it was built for; on Linux it needs no C library.
const TARGETS: Readonly<Record<string, string>> = {
  'linux-x64': 'x86_64-unknown-linux-musl',
  'linux-arm64': 'aarch64-unknown-linux-musl',
  'darwin-x64': 'x86_64-apple-darwin',
  'darwin-arm64': 'aarch64-apple-darwin',
};

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
