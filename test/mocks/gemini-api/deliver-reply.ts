import type { ServerResponse } from 'node:http';
import type { BreakPoint, Headers } from '../messages-api/reply.ts';
import { answerStream } from './answer-stream.ts';
import type { ErrorReply, Reply } from './reply.ts';

/** Carries out one reply; a client that has gone meanwhile is no error. */
export function deliverReply(reply: Reply, response: ServerResponse): void {
  if (response.destroyed) {
    return;
  }
  switch (reply.kind) {
    case 'answer':
      return send(response, { body: answerStream(reply).join(''), headers: STREAM });
    case 'error':
      return send(response, {
        ...reply,
        body: errorBody(reply),
        headers: { ...JSON_TEXT, ...reply.headers },
      });
    case 'raw':
      return send(response, {
        ...reply,
        headers: { 'content-type': 'text/html', ...reply.headers },
      });
    case 'silence':
      return breakOff(reply.after, response);
    case 'reset':
      breakOff(reply.after, response);
      return reset(response);
  }
}

const STREAM = { 'content-type': 'text/event-stream' };
const JSON_TEXT = { 'content-type': 'application/json; charset=UTF-8' };

function send(
  response: ServerResponse,
  answer: { readonly status?: number; readonly body: string; readonly headers: Headers },
): void {
  response.writeHead(answer.status ?? 200, { ...answer.headers }).end(answer.body);
}

function errorBody({ status, code, message, details }: ErrorReply): string {
  return JSON.stringify({ error: { code: status, message, status: code, details } }, null, 2);
}

function breakOff(after: BreakPoint, response: ServerResponse): void {
  if (after === 'request') {
    return;
  }
  response.writeHead(200, STREAM).flushHeaders();
  if (after === 'text') {
    const [begun = ''] = answerStream({
      kind: 'answer',
      parts: [{ text: 'I was about to' }, { text: ' say more.' }],
    });
    response.write(begun);
  }
}

// After a turn of the event loop, so that what was written is on its way.
function reset(response: ServerResponse): void {
  setImmediate(() => response.socket?.resetAndDestroy());
}
