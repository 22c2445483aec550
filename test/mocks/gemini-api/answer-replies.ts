import type { AnswerReply } from './reply.ts';

/** The model answers with text; by default it ends its turn there. */
export function says(text: string, finishReason = 'STOP'): AnswerReply {
  return { kind: 'answer', parts: [{ text }], finishReason };
}

/** The model asks for one tool; `args` is what that tool of the agent takes. */
export function callsTool(name: string, args: object): AnswerReply {
  return { kind: 'answer', parts: [{ functionCall: { name, args } }] };
}

/** The model ends its turn without a word: `SAFETY` where it was kept from answering. */
export function saysNothing(finishReason = 'STOP'): AnswerReply {
  return { kind: 'answer', parts: [], finishReason };
}
