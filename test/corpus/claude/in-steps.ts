import type { Reply } from '../../mocks/messages-api/reply.ts';
import type { Script } from '../../mocks/messages-api/script.ts';

/** Answers the prompt by the first reply, each round of tool results by the next one; the last one stays. */
export function inSteps(...replies: readonly [Reply, ...Reply[]]): Script {
  return ({ step }) => replies[step - 1] ?? replies.at(-1) ?? replies[0];
}

/** Answers each request by the next reply, whatever it asks; the last one stays. */
export function inTurns(...replies: readonly [Reply, ...Reply[]]): Script {
  let turns = 0;
  return () => replies[turns++] ?? replies.at(-1) ?? replies[0];
}
