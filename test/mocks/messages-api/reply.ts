import type { BrokenReply } from '../model-api/broken-replies.ts';
import type { Headers } from '../model-api/wire-answer.ts';

/** What the mock does about one model request. */
export type Reply = MessageReply | ErrorReply | BrokenReply;

/** A complete answer of the model, streamed or not as the client asked. */
export interface MessageReply {
  readonly kind: 'message';
  readonly blocks: readonly Block[];
  /** Default: `tool_use` when a tool is used, else `end_turn`. */
  readonly stopReason?: string;
  readonly usage?: Partial<Usage>;
  readonly headers?: Headers;
}

/** An API error as the API words it. */
export interface ErrorReply {
  readonly kind: 'error';
  readonly status: number;
  readonly type: string;
  readonly message: string;
  readonly headers?: Headers;
}

export type Block = TextBlock | ToolUseBlock;

export interface TextBlock {
  readonly type: 'text';
  readonly text: string;
}

export interface ToolUseBlock {
  readonly type: 'tool_use';
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Tokens, as the API bills them. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
}
