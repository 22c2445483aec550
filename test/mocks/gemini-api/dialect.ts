import type { Dialect, Exchange } from '../model-api/dialect.ts';
import type { WireAnswer } from '../model-api/wire-answer.ts';
import { answerStream } from './answer-stream.ts';
import type { AnswerReply, ErrorReply } from './reply.ts';

/** Google's words for an answer, an error and an answer that breaks off. */
export const geminiDialect: Dialect<AnswerReply | ErrorReply, Exchange> = {
  wireAnswer: (reply) =>
    reply.kind === 'answer'
      ? { status: 200, body: answerStream(reply).join(''), headers: STREAM }
      : wordedError(reply),
  contentType: () => STREAM,
  firstHalf,
};

const STREAM = { 'content-type': 'text/event-stream' };

function wordedError({ status, code, message, details, headers }: ErrorReply): WireAnswer {
  const error = { code: status, message, status: code, details };
  return {
    status,
    body: JSON.stringify({ error }, null, 2),
    headers: { 'content-type': 'application/json; charset=UTF-8', ...headers },
  };
}

function firstHalf(): string {
  const [begun = ''] = answerStream({
    kind: 'answer',
    parts: [{ text: 'I was about to' }, { text: ' say more.' }],
  });
  return begun;
}
