import type { BrokenReply } from '../model-api/broken-replies.ts';
import type { Headers } from '../model-api/wire-answer.ts';

/** What the mock does about one model request. */
export type Reply = MessageReply | ErrorReply | BrokenReply;

/** A streamed answer of the model, or one that the service gives up in its stream. */
export interface MessageReply {
  readonly kind: 'message';
  readonly blocks: readonly Block[];
  /** How the answer ends. Default: it is complete. */
  readonly ending?: Ending;
  readonly usage?: Partial<Usage>;
  readonly headers?: Headers;
}

/** `incomplete`: cut off, with the reason; `failed`: an error of the service after status 200. */
export type Ending =
  | { readonly status: 'completed' }
  | { readonly status: 'incomplete'; readonly reason: 'max_output_tokens' | 'content_filter' }
  | { readonly status: 'failed'; readonly code: string; readonly message: string };

/** An API error as the API words it. */
export interface ErrorReply {
  readonly kind: 'error';
  readonly status: number;
  /** What `error` holds beside the message: type, code, resets_at, … */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
  readonly headers?: Headers;
}

export type Block = TextBlock | RefusalBlock | FunctionCallBlock | CustomCallBlock;

export interface TextBlock {
  readonly type: 'text';
  readonly text: string;
}

export interface RefusalBlock {
  readonly type: 'refusal';
  readonly text: string;
}

/** A tool that takes JSON: Codex's `exec_command`. */
export interface FunctionCallBlock {
  readonly type: 'function_call';
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** A tool that takes bare text: Codex's `apply_patch`. */
export interface CustomCallBlock {
  readonly type: 'custom_tool_call';
  readonly name: string;
  readonly input: string;
}

/** Tokens, as the API bills them: `inputTokens` holds the cached ones, `outputTokens` those of reasoning. */
export interface Usage {
  readonly inputTokens: number;
  readonly cachedTokens: number;
  readonly outputTokens: number;
  readonly reasoningTokens: number;
}
