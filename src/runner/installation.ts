import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where this autoloop lies. All paths are absolute. */
export interface Installation {
  readonly root: string;
  /** Bundle of the isolation layer. */
  readonly isolation: string;
  readonly launcher: string;
  readonly shippedTasks: string;
}

/** Found from this very module, wherever the bundler put it. */
export function findInstallation(): Installation {
  let root = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(root, 'package.json'))) {
    const parent = dirname(root);
    if (parent === root) {
      throw new Error(`No package.json above ${fileURLToPath(import.meta.url)}.`);
    }
    root = parent;
  }
  return {
    root,
    isolation: join(root, 'dist', 'isolation.cjs'),
    launcher: join(root, 'bin', 'autoloop'),
    shippedTasks: join(root, 'dist', 'tasks'),
  };
}
