import type { Block, MessageReply, Usage } from './reply.ts';

/** An answer in the words of the Messages API. */
export interface MessageBody {
  readonly id: string;
  readonly type: 'message';
  readonly role: 'assistant';
  readonly model: string;
  readonly content: readonly ContentBlock[];
  readonly stop_reason: string;
  readonly stop_sequence: null;
  readonly usage: BilledUsage;
}

export type ContentBlock =
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'tool_use';
      readonly id: string;
      readonly name: string;
      readonly input: object;
    };

export interface BilledUsage {
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cache_read_input_tokens: number;
  readonly cache_creation_input_tokens: number;
}

/** `number` makes the ids of the message and its tool uses unique. */
export function messageBody(
  reply: MessageReply,
  { model, number }: { readonly model: string; readonly number: number },
): MessageBody {
  return {
    id: `msg_mock_${number}`,
    type: 'message',
    role: 'assistant',
    model,
    content: reply.blocks.map((block, index) =>
      contentBlock(block, `toolu_mock_${number}_${index}`),
    ),
    stop_reason: reply.stopReason ?? stopReasonOf(reply.blocks),
    stop_sequence: null,
    usage: billed({ ...usualUsage, ...reply.usage }),
  };
}

const usualUsage: Usage = {
  inputTokens: 1000,
  outputTokens: 50,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
};

function contentBlock(block: Block, id: string): ContentBlock {
  return block.type === 'text'
    ? { type: 'text', text: block.text }
    : { type: 'tool_use', id, name: block.name, input: block.input };
}

function stopReasonOf(blocks: readonly Block[]): string {
  return blocks.some(({ type }) => type === 'tool_use') ? 'tool_use' : 'end_turn';
}

function billed(usage: Usage): BilledUsage {
  return {
    input_tokens: usage.inputTokens,
    output_tokens: usage.outputTokens,
    cache_read_input_tokens: usage.cacheReadTokens,
    cache_creation_input_tokens: usage.cacheWriteTokens,
  };
}
