import type { Block, Ending, MessageReply, Usage } from './reply.ts';

/** An answer in the words of the Responses API. */
export interface ResponseBody {
  readonly id: string;
  readonly object: 'response';
  readonly model: string;
  readonly status: Ending['status'];
  readonly output: readonly OutputItem[];
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly incomplete_details: { readonly reason: string } | null;
  readonly usage: BilledUsage | null;
}

export type OutputItem =
  | {
      readonly type: 'message';
      readonly id: string;
      readonly role: 'assistant';
      readonly status: 'completed';
      readonly content: readonly MessagePart[];
    }
  | {
      readonly type: 'function_call';
      readonly id: string;
      readonly call_id: string;
      readonly name: string;
      readonly arguments: string;
    }
  | {
      readonly type: 'custom_tool_call';
      readonly id: string;
      readonly call_id: string;
      readonly name: string;
      readonly input: string;
    };

type MessagePart =
  | { readonly type: 'output_text'; readonly text: string; readonly annotations: readonly [] }
  | { readonly type: 'refusal'; readonly refusal: string };

interface BilledUsage {
  readonly input_tokens: number;
  readonly input_tokens_details: { readonly cached_tokens: number };
  readonly output_tokens: number;
  readonly output_tokens_details: { readonly reasoning_tokens: number };
  readonly total_tokens: number;
}

/** `number` makes the ids of the response and its items unique. */
export function responseBody(
  reply: MessageReply,
  { model, number }: { readonly model: string; readonly number: number },
): ResponseBody {
  const ending = reply.ending ?? { status: 'completed' };
  return {
    id: `resp_mock_${number}`,
    object: 'response',
    model,
    status: ending.status,
    output: reply.blocks.map((block, index) => outputItem(block, `mock_${number}_${index}`)),
    error: ending.status === 'failed' ? { code: ending.code, message: ending.message } : null,
    incomplete_details: ending.status === 'incomplete' ? { reason: ending.reason } : null,
    usage: ending.status === 'failed' ? null : billed({ ...usualUsage, ...reply.usage }),
  };
}

const usualUsage: Usage = {
  inputTokens: 1000,
  cachedTokens: 0,
  outputTokens: 50,
  reasoningTokens: 0,
};

function outputItem(block: Block, id: string): OutputItem {
  const call = { call_id: `call_${id}` };
  switch (block.type) {
    case 'function_call':
      return {
        ...{ type: block.type, id: `fc_${id}`, ...call, name: block.name },
        arguments: JSON.stringify(block.input),
      };
    case 'custom_tool_call':
      return {
        ...{ type: block.type, id: `ctc_${id}`, ...call, name: block.name },
        input: block.input,
      };
    default:
      return {
        ...{ type: 'message', id: `msg_${id}`, role: 'assistant', status: 'completed' },
        content: [messagePart(block)],
      };
  }
}

function messagePart({ type, text }: Block & { readonly text: string }): MessagePart {
  return type === 'text'
    ? { type: 'output_text', text, annotations: [] }
    : { type: 'refusal', refusal: text };
}

function billed(usage: Usage): BilledUsage {
  return {
    input_tokens: usage.inputTokens,
    input_tokens_details: { cached_tokens: usage.cachedTokens },
    output_tokens: usage.outputTokens,
    output_tokens_details: { reasoning_tokens: usage.reasoningTokens },
    total_tokens: usage.inputTokens + usage.outputTokens,
  };
}
