import type { Reply } from './reply.ts';
import type { Turn } from './turn.ts';

/** The model's side of a conversation; asked once per request of the agent, its retries included. */
export type Script = (turn: Turn) => Reply | Promise<Reply>;
