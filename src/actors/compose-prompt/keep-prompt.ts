import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { AttemptKey } from '../../domain/attempt.ts';
import type { LoopWorld } from '../loop-world.ts';

/** `iterations/NNNNNN/prompt.md`: what the last attempt was asked, redacted. A copy to read, nothing depends on it. */
export function keepPrompt(world: LoopWorld, key: AttemptKey, prompt: string): void {
  const path = join(dirname(world.attempts.directory(key)), 'prompt.md');
  writeFileSync(path, world.redact(prompt), { mode: 0o600 });
}
