import { VERSION } from '../../domain/version.ts';
import type { HttpTarget, Login } from '../../domain/notification/target.ts';
import { notSent, SENT, type Delivery } from '../channels/channel.ts';
import type { NotifierPlan } from '../notifier-facts.ts';
import { failureWords } from './failure-words.ts';
import { post, type Answer, type Post } from './post.ts';
import { retryAfterMs } from './retry-after.ts';
import { redirected } from './redirected.ts';

export interface HttpMessage {
  readonly target: HttpTarget;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
  readonly plan: Pick<NotifierPlan, 'redactor' | 'environment'>;
}

const LIMIT_MS = 10_000;
const MOST_REDIRECTS = 3;

/** One try; never rejects. A redirect is followed on the same host only, with the same request. */
export async function deliver(message: HttpMessage): Promise<Delivery> {
  const { target, headers, body, signal, plan } = message;
  const timeout = AbortSignal.timeout(LIMIT_MS);
  const asked: Post = {
    url: new URL(target.url),
    headers: { 'user-agent': `autoloop/${VERSION}`, ...headers, ...authorization(target) },
    ...{ body, environment: plan.environment },
    signal: AbortSignal.any([signal, timeout]),
  };
  try {
    return judge(await postAlong(asked, MOST_REDIRECTS), plan);
  } catch (error) {
    const why = failureWords(error, { ended: signal.aborted, late: timeout.aborted });
    return notSent(why, { isFinal: false });
  }
}

/** Where it goes on and on, the last redirect is the answer. */
async function postAlong(asked: Post, hopsLeft: number): Promise<Answer> {
  const answer = await post(asked);
  const url = hopsLeft === 0 ? null : redirected(asked.url, answer);
  return url === null ? answer : postAlong({ ...asked, url }, hopsLeft - 1);
}

function authorization({ kind, login }: HttpTarget): Record<string, string> {
  if (login === null) {
    return {};
  }
  return { authorization: kind === 'ntfy' && isToken(login) ? bearer(login) : basic(login) };
}

function isToken({ user, password }: Login): boolean {
  return user === '' || password === '';
}

function bearer({ user, password }: Login): string {
  return `Bearer ${user || password}`;
}

function basic({ user, password }: Login): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

function judge(answer: Answer, { redactor }: HttpMessage['plan']): Delivery {
  const { status, location } = answer;
  if (status >= 200 && status < 300) {
    return SENT;
  }
  if (status >= 300 && status < 400) {
    const host = URL.parse(location ?? '')?.host ?? 'nowhere';
    return notSent(`it redirects to ${host} (${status}), which is not followed`, { isFinal: true });
  }
  const said = redactor
    .redact(answer.text)
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, 80);
  const words = `it answered ${status}${said === '' ? '' : ` (${said})`}`;
  const wait = retryAfterMs(answer.retryAfter, Date.now());
  const isFinal = !PASSING.has(status) && status < 500;
  return notSent(words, { isFinal, ...(wait !== null && { retryAfterMs: wait }) });
}

/** Too slow, too early, too many. */
const PASSING: ReadonlySet<number> = new Set([408, 425, 429]);
