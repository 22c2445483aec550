import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AttemptOrder } from '../domain/attempt.ts';
import { despiteRemoval } from '../stores/despite-removal.ts';

/** Puts the files that an agent takes its settings from where its environment says they are. */
export function placeFiles({ directory, files }: AttemptOrder): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(directory, name);
    despiteRemoval(directory, () => {
      rmSync(path, { recursive: true, force: true });
      writeFileSync(path, content, { mode: 0o600, flag: 'wx' });
    });
  }
}
