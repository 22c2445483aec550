import type { BreakPoint, BrokenReply, RawReply } from './broken-replies.ts';
import type { Dialect, Exchange } from './dialect.ts';
import type { WireAnswer } from './wire-answer.ts';

/** Carries out one reply; a client that has gone meanwhile is no error. */
export function deliverReply<Answer extends { readonly kind: string }, To extends Exchange>(
  reply: Answer | BrokenReply,
  exchange: To,
  dialect: Dialect<Answer, To>,
): void {
  if (exchange.response.destroyed) {
    return;
  }
  if (!isBroken(reply)) {
    return send(dialect.wireAnswer(reply, exchange), exchange, dialect);
  }
  switch (reply.kind) {
    case 'raw':
      return send(rawAnswer(reply), exchange, dialect);
    case 'silence':
      return breakOff(reply.after, exchange, dialect);
    case 'reset':
      breakOff(reply.after, exchange, dialect);
      return reset(exchange);
  }
}

function isBroken(reply: { readonly kind: string }): reply is BrokenReply {
  return ['raw', 'silence', 'reset'].includes(reply.kind);
}

function rawAnswer({ status, body, headers }: RawReply): WireAnswer {
  return { status, body, headers: { 'content-type': 'text/html', ...headers } };
}

function send<To extends Exchange>(
  { status, body, headers }: WireAnswer,
  exchange: To,
  dialect: Pick<Dialect<never, To>, 'requestId'>,
): void {
  exchange.response.writeHead(status, { ...headers, ...dialect.requestId?.(exchange) }).end(body);
}

function breakOff<To extends Exchange>(
  after: BreakPoint,
  exchange: To,
  dialect: Pick<Dialect<never, To>, 'contentType' | 'firstHalf'>,
): void {
  if (after === 'request') {
    return;
  }
  exchange.response.writeHead(200, dialect.contentType(exchange)).flushHeaders();
  if (after === 'text') {
    exchange.response.write(dialect.firstHalf(exchange));
  }
}

// After a turn of the event loop, so that what was written is on its way.
function reset({ response }: Exchange): void {
  setImmediate(() => response.socket?.resetAndDestroy());
}
