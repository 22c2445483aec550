import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Path of the pinned binary; throws, with the command that installs it, where it is not there. */
export function findOpencode(): string {
  const name = `opencode-${process.platform}-${process.arch}`;
  const binary = join(import.meta.dirname, '../tools/opencode/node_modules', name, 'bin/opencode');
  if (!existsSync(binary)) {
    throw new Error(
      'opencode is not installed. Install it, on Linux x64: npm ci --prefix test/corpus/tools/opencode',
    );
  }
  return binary;
}
