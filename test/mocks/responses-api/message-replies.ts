import type { Block, Ending, FunctionCallBlock, MessageReply } from './reply.ts';

type Details = Omit<MessageReply, 'kind' | 'blocks'>;

/** The model answers with text and ends its turn. */
export function says(text: string, details: Details = {}): MessageReply {
  return answers([{ type: 'text', text }], details);
}

/** The model declines in the API's own form. */
export const refuses = (text: string): MessageReply => answers([{ type: 'refusal', text }]);

/** The model asks for one tool that takes JSON: `usesTool('exec_command', { cmd: 'true' })`. */
export function usesTool(name: string, input: FunctionCallBlock['input']): MessageReply {
  return answers([{ type: 'function_call', name, input }]);
}

/** The model edits files by Codex's own patch tool. */
export function appliesPatch(patch: string): MessageReply {
  return answers([{ type: 'custom_tool_call', name: 'apply_patch', input: patch }]);
}

/** A turn without a word. */
export const saysNothing = (): MessageReply => answers([]);

/** An answer that does not come to its end; status 200 all the same. */
export const breaksOff = (ending: Ending): MessageReply => says('I was about to', { ending });

function answers(blocks: readonly Block[], details: Details = {}): MessageReply {
  return { ...details, kind: 'message', blocks };
}
