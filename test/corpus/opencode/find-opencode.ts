import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Path of the pinned binary; throws, with the command that installs it, where it is not there. */
export function findOpencode(): string {
  const binary = candidates().find((path) => existsSync(path));
  if (binary === undefined) {
    throw new Error(
      'opencode is not installed. Install it: npm ci --prefix test/corpus/tools/opencode',
    );
  }
  return binary;
}

function candidates(): string[] {
  const platform = `opencode-${process.platform}-${process.arch}`;
  return [platform, `${platform}-baseline`, `${platform}-musl`].map((name) =>
    join(import.meta.dirname, '../tools/opencode/node_modules', name, 'bin/opencode'),
  );
}
