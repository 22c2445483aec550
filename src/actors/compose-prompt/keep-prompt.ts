import type { AttemptKey } from '../../domain/attempt.ts';
import type { LoopWorld } from '../loop-world.ts';

/** `iterations/NNNNNN/prompt.md`: what the last attempt was asked, redacted. A copy to read, nothing depends on it. */
export function keepPrompt(world: LoopWorld, { iteration }: AttemptKey, prompt: string): void {
  world.attempts.keep(iteration, { name: 'prompt.md', text: world.redact(prompt) });
}
