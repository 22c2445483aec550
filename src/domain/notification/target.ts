import { splitCommand } from '../split-command.ts';

/** Where notices go; one item of `--notify`. */
export type NotifyTarget = DesktopTarget | HttpTarget | CommandTarget;

export interface DesktopTarget {
  readonly kind: 'desktop';
  /** What may be shown of it: of a URL the host, of a command its program. */
  readonly label: string;
}

export interface HttpTarget {
  readonly kind: 'ntfy' | 'slack' | 'webhook';
  readonly label: string;
  /** Without login and fragment. */
  readonly url: string;
  readonly login: Login | null;
}

export interface CommandTarget {
  readonly kind: 'command';
  readonly label: string;
  readonly words: readonly [program: string, ...args: string[]];
}

/** From a URL's userinfo, decoded. */
export interface Login {
  readonly user: string;
  readonly password: string;
}

/** `wrong`: why it is none, in words that hold nothing of it but its scheme. */
export type ParsedTarget = { readonly target: NotifyTarget } | { readonly wrong: string };

export const TARGET_FORMS =
  'desktop, ntfy://HOST/TOPIC, slack:https://…, https://HOST/PATH, command:PROGRAM';

export function parseTarget(text: string): ParsedTarget {
  if (text.includes('…')) {
    return { wrong: 'it is how autoloop shows a target: write out what "…" stands for' };
  }
  if (text === 'desktop') {
    return { target: { kind: 'desktop', label: 'desktop' } };
  }
  const [, scheme = '', rest = ''] = /^([a-z]+):(.*)$/is.exec(text) ?? [];
  switch (scheme.toLowerCase()) {
    case 'command':
      return parseCommand(rest);
    case 'slack':
      return parseHttp('slack', rest);
    case 'ntfy':
      return parseNtfy(rest);
    case 'http':
    case 'https':
      return parseHttp('webhook', text);
    default:
      return { wrong: `${nameOf(text)} is no kind of target` };
  }
}

/** As it may be shown; what is no target by its scheme alone. */
export function targetLabel(text: string): string {
  const parsed = parseTarget(text);
  return 'target' in parsed
    ? parsed.target.label
    : `${/^[a-z]{1,12}(?=:)/i.exec(text)?.[0] ?? ''}…`;
}

function parseCommand(text: string): ParsedTarget {
  const [program = '', ...args] = splitCommand(text) ?? [];
  if (program === '') {
    return { wrong: 'command: needs a program, and quotes that are closed' };
  }
  const label = `command:${program}${args.length === 0 ? '' : ' …'}`;
  return { target: { kind: 'command', label, words: [program, ...args] } };
}

/** `ntfy://host/topic` is https, but for this machine; `ntfy:https://…` says it. */
function parseNtfy(rest: string): ParsedTarget {
  const url = rest.startsWith('//') ? `${schemeFor(rest)}:${rest}` : rest;
  const parsed = parseHttp('ntfy', url);
  const isTopic =
    'target' in parsed && /^https?:\/\/[^/]+(?:\/[^/?]+)+$/.test(urlOf(parsed.target));
  return 'wrong' in parsed || isTopic
    ? parsed
    : { wrong: 'ntfy needs a host and a topic: ntfy://ntfy.sh/TOPIC' };
}

function schemeFor(rest: string): string {
  return /^\/\/(?:[^/@]*@)?(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?\//.test(rest)
    ? 'http'
    : 'https';
}

function urlOf(target: NotifyTarget): string {
  return 'url' in target ? target.url : '';
}

function parseHttp(kind: HttpTarget['kind'], text: string): ParsedTarget {
  const url = /^https?:\/\//i.test(text) ? URL.parse(text) : null;
  if (url === null || /[\s\p{Cc}]/u.test(text)) {
    return { wrong: `${kind} needs a URL: ${EXAMPLES[kind]}` };
  }
  const login = loginOf(url);
  url.username = '';
  url.password = '';
  url.hash = '';
  if (kind === 'slack' && url.pathname === '/') {
    return { wrong: `slack needs the whole URL of its webhook: ${EXAMPLES.slack}` };
  }
  return { target: { kind, label: httpLabel(kind, url, login), url: url.href, login } };
}

const EXAMPLES = {
  webhook: 'https://HOST/PATH',
  slack: 'slack:https://hooks.slack.com/services/T/B/KEY',
  ntfy: 'ntfy://ntfy.sh/TOPIC',
} as const;

function loginOf({ username, password }: URL): Login | null {
  return username === '' && password === ''
    ? null
    : { user: decoded(username), password: decoded(password) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function httpLabel(kind: HttpTarget['kind'], url: URL, login: Login | null): string {
  const isBare = url.pathname === '/' && url.search === '' && login === null;
  const host = `//${url.host}/${isBare ? '' : '…'}`;
  const scheme = url.protocol.slice(0, -1);
  if (kind === 'ntfy') {
    return scheme === schemeFor(host) ? `ntfy:${host}` : `ntfy:${scheme}:${host}`;
  }
  return `${kind === 'slack' ? 'slack:' : ''}${scheme}:${host}`;
}

/** Of what is no target only what looks like a scheme or a lone word is repeated. */
function nameOf(text: string): string {
  const scheme = /^[a-z]{2,10}(?=:|$)/i.exec(text)?.[0];
  return scheme === undefined ? 'what it begins with' : `"${scheme}"`;
}
