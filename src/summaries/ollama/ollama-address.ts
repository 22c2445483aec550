import { ModelFailure } from './model-failure.ts';

/**
 * Where Ollama listens, by its own variable OLLAMA_HOST, read as its own client does: `host`, `host:port`, `:port`, an
 * address, or a URL; empty: port 11434 of the loopback. What says "all addresses" to a server is asked on the loopback.
 * Throws ModelFailure where it is none of these.
 */
export function ollamaAddress(written: string, path: string): URL {
  const text = written.trim().replace(/^(["'])(.*)\1$/, '$2');
  const [, scheme = '', rest = ''] = /^(?:(https?):\/\/)?(.*)$/is.exec(text) ?? [];
  const authority = rest.replace(/\/.*$/s, '');
  const folder = rest.slice(authority.length).replace(/\/+$/, '');
  const [host, port] = hostAndPort(authority);
  const address = `${scheme || 'http'}://${host}:${port ?? portOf(scheme)}${folder}${path}`;
  if (!URL.canParse(address)) {
    throw new ModelFailure('address', `OLLAMA_HOST is no address: ${JSON.stringify(text)}`);
  }
  return new URL(address);
}

const LOOPBACK = '127.0.0.1';
const ALL_ADDRESSES: ReadonlySet<string> = new Set(['', '0.0.0.0', '[::]']);

function hostAndPort(authority: string): readonly [host: string, port: string | null] {
  const isBareIpv6 = authority.split(':').length > 2 && !authority.startsWith('[');
  const [, named = '', port = null] = isBareIpv6
    ? ['', `[${authority}]`]
    : (/^(.*?)(?::(\d+))?$/.exec(authority) ?? []);
  return [ALL_ADDRESSES.has(named) ? LOOPBACK : named, port];
}

function portOf(scheme: string): number {
  switch (scheme.toLowerCase()) {
    case 'http':
      return 80;
    case 'https':
      return 443;
    default:
      return 11_434;
  }
}
