/** What the mock does about one model request. */
export type Reply = MessageReply | ErrorReply | RawReply | SilenceReply | ResetReply;

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

/** Any bytes: HTML from a proxy, truncated JSON, an empty body. */
export interface RawReply {
  readonly kind: 'raw';
  readonly status: number;
  readonly body: string;
  readonly headers?: Headers;
}

/** Says nothing more after this point and keeps the connection open until the client or the mock closes it. */
export interface SilenceReply {
  readonly kind: 'silence';
  readonly after: BreakPoint;
}

/** Resets the TCP connection at this point. */
export interface ResetReply {
  readonly kind: 'reset';
  readonly after: BreakPoint;
}

/** `request`: no byte was sent; `headers`: status 200 and headers; `text`: half of an answer too. */
export type BreakPoint = 'request' | 'headers' | 'text';

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

export type Headers = Readonly<Record<string, string>>;
