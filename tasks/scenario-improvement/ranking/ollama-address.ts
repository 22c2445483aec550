const PORT = 11_434;

/**
 * Where Ollama listens, by its own variable OLLAMA_HOST: a host, `host:port`, `:port` or a URL; empty: the loopback. Where a
 * server listens on all addresses, it is asked on the loopback. Throws where it is none of these.
 */
export function ollamaAddress(host: string): URL {
  const written = host.trim().replace(/^:/, '127.0.0.1:');
  const url = new URL(/^https?:\/\//.test(written) ? written : `http://${written || '127.0.0.1'}`);
  if (!/^https?:\/\/|:\d+\/?$/.test(written)) {
    url.port = String(PORT);
  }
  if (url.hostname === '0.0.0.0' || url.hostname === '[::]') {
    url.hostname = '127.0.0.1';
  }
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/api/generate`;
  return url;
}
