import type { AnswerReply, Part } from './reply.ts';

/** The server-sent events of an answer: one a part, the last with how it ended and what it cost. */
export function answerStream({ parts, finishReason = 'STOP' }: AnswerReply): string[] {
  const last = parts.at(-1);
  return [
    ...parts.slice(0, -1).map((part) => event({ candidates: [candidate([part])] })),
    event({
      candidates: [{ ...candidate(last ? [last] : []), finishReason }],
      usageMetadata: USAGE,
    }),
  ];
}

const USAGE = {
  promptTokenCount: 1000,
  cachedContentTokenCount: 400,
  candidatesTokenCount: 50,
  thoughtsTokenCount: 10,
  totalTokenCount: 1060,
};

function candidate(parts: readonly Part[]): object {
  return { index: 0, content: { role: 'model', parts } };
}

function event(data: object): string {
  return `data: ${JSON.stringify({ ...data, modelVersion: 'gemini-2.5-pro', responseId: 'mock' })}\r\n\r\n`;
}
