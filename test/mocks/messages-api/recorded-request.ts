import type { IncomingMessage } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import * as z from 'zod';

/** One request as it arrived, in the order of arrival. */
export interface RecordedRequest {
  readonly scenario: string;
  /** `turn`: the agent's own conversation · `side`: a title or quota question · `tokens`: a token count · `other`: a probe. */
  readonly kind: 'turn' | 'side' | 'tokens' | 'other';
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** Null for `other`. */
  readonly body: MessagesBody | null;
}

/** Reads one request of `/s/<scenario>/…`; rejects when it is no Messages API body or breaks off. */
export async function readRequest(incoming: IncomingMessage): Promise<RecordedRequest> {
  const { pathname } = new URL(incoming.url ?? '/', 'http://127.0.0.1');
  const received = await readText(incoming);
  const body = /\/v1\/messages(\/count_tokens)?$/.test(pathname)
    ? messagesBody.parse(JSON.parse(received))
    : null;
  return {
    scenario: /^\/s\/([^/]+)/.exec(pathname)?.[1] ?? '',
    kind: kindOf(pathname, body),
    method: incoming.method ?? '',
    path: pathname,
    headers: incoming.headers,
    body,
  };
}

function kindOf(path: string, body: MessagesBody | null): RecordedRequest['kind'] {
  if (body === null) {
    return 'other';
  }
  if (path.endsWith('/count_tokens')) {
    return 'tokens';
  }
  // An agent at work offers tools; its title, summary and quota questions do not.
  return body.tools.length > 0 ? 'turn' : 'side';
}

const block = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  content: z.unknown().optional(),
  is_error: z.boolean().optional(),
  tool_use_id: z.string().optional(),
});

const bareText = z.string().transform((text): z.infer<typeof block>[] => [{ type: 'text', text }]);

const messagesBody = z.looseObject({
  model: z.string(),
  stream: z.boolean().default(false),
  tools: z.array(z.looseObject({ name: z.string() })).default([]),
  messages: z.array(z.object({ role: z.string(), content: z.union([z.array(block), bareText]) })),
});

export type MessagesBody = z.infer<typeof messagesBody>;
export type RequestBlock = z.infer<typeof block>;
