import type { IncomingMessage } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import * as z from 'zod';

/** One request as it arrived, in the order of arrival. */
export interface RecordedRequest {
  readonly scenario: string;
  /** `turn`: the agent's own conversation · `side`: a summary, a title · `other`: a probe. */
  readonly kind: 'turn' | 'side' | 'other';
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** Null for `other`. */
  readonly body: ResponsesBody | null;
}

/** Reads one request of `/s/<scenario>/…`; rejects when it is no Responses API body or breaks off. */
export async function readRequest(incoming: IncomingMessage): Promise<RecordedRequest> {
  const { pathname } = new URL(incoming.url ?? '/', 'http://127.0.0.1');
  const received = await readText(incoming);
  const body =
    incoming.method === 'POST' && pathname.endsWith('/responses')
      ? responsesBody.parse(JSON.parse(received))
      : null;
  return {
    scenario: /^\/s\/([^/]+)/.exec(pathname)?.[1] ?? '',
    kind: kindOf(incoming, body),
    method: incoming.method ?? '',
    path: pathname,
    headers: incoming.headers,
    body,
  };
}

function kindOf({ headers }: IncomingMessage, body: ResponsesBody | null): RecordedRequest['kind'] {
  if (body === null) {
    return 'other';
  }
  // Codex tells what a request is for; other clients have nothing but turns.
  const told = z.string().safeParse(headers['x-codex-turn-metadata']);
  const kind = told.success ? turnMetadata.parse(JSON.parse(told.data)).request_kind : 'turn';
  return kind === 'turn' ? 'turn' : 'side';
}

const turnMetadata = z.looseObject({ request_kind: z.string().default('turn') });

const part = z.looseObject({ type: z.string(), text: z.string().optional() });
const parts = z
  .union([z.array(part), z.string().transform((text) => [{ type: 'input_text', text }])])
  .optional();

const item = z.looseObject({
  type: z.string().default('message'),
  role: z.string().optional(),
  content: parts.catch(undefined),
  output: parts.catch(undefined),
});

const responsesBody = z.looseObject({
  model: z.string(),
  stream: z.boolean().default(false),
  input: z.union([
    z.array(item),
    z.string().transform((text) => [item.parse({ role: 'user', content: text })]),
  ]),
});

export type ResponsesBody = z.infer<typeof responsesBody>;
export type InputItem = z.infer<typeof item>;
