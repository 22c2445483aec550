import type { Block, MessageReply, ToolUseBlock } from './reply.ts';

type Details = Omit<MessageReply, 'kind' | 'blocks'>;

/** The model answers with text and ends its turn. */
export function says(text: string, details: Details = {}): MessageReply {
  return { ...details, kind: 'message', blocks: [{ type: 'text', text }] };
}

/** The model asks for one tool; `input` is what that tool of the agent takes. */
export function usesTool(name: string, input: ToolUseBlock['input']): MessageReply {
  return answers([{ type: 'tool_use', name, input }]);
}

/** The model answers with several blocks, text and tools mixed. */
function answers(blocks: readonly Block[], details: Details = {}): MessageReply {
  return { ...details, kind: 'message', blocks };
}
