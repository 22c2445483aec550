import type { BrokenReply } from '../model-api/broken-replies.ts';
import type { Headers } from '../model-api/wire-answer.ts';

/** What the mock does about one model request. */
export type Reply = AnswerReply | ErrorReply | BrokenReply;

/** A complete answer of the model, streamed part by part. */
export interface AnswerReply {
  readonly kind: 'answer';
  readonly parts: readonly Part[];
  /** Default: `STOP`. */
  readonly finishReason?: string;
}

export type Part = TextPart | FunctionCallPart;

export interface TextPart {
  readonly text: string;
}

export interface FunctionCallPart {
  readonly functionCall: { readonly name: string; readonly args: object };
}

/** An API error as Google's APIs word it. */
export interface ErrorReply {
  readonly kind: 'error';
  readonly status: number;
  /** As in `RESOURCE_EXHAUSTED`. */
  readonly code: string;
  readonly message: string;
  readonly details?: readonly object[];
  readonly headers?: Headers;
}
