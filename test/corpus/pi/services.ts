import { sends } from '../../mocks/model-api/broken-replies.ts';
import { says } from '../../mocks/messages-api/message-replies.ts';
import type { Reply } from '../../mocks/messages-api/reply.ts';
import type { Play, Service } from './play.ts';

/** A run whose every request is answered so. With one tool, for pi prints what each of them is. */
export function refused(name: string, reply: Reply): Play {
  return { name, service: answers(reply), request: { allowedTools: ['Read'] } };
}

/** One reply a step of the conversation; the last one is repeated. */
export function answers(...replies: readonly Reply[]): Service {
  return {
    kind: 'messages',
    script: ({ step }) => replies[step - 1] ?? replies.at(-1) ?? says(''),
  };
}

/** One reply a request. */
export function answersInOrder(...replies: readonly Reply[]): Service {
  let asked = 0;
  return { kind: 'messages', script: () => replies[asked++] ?? says('') };
}

export function answersJson(status: number, body: object): Reply {
  return sends(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
}
