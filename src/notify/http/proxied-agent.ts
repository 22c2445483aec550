import { Agent as PlainAgent } from 'node:http';
import { Agent as SecureAgent } from 'node:https';
import type { Environment } from '../../domain/environment.ts';
import { isLoopback } from '../../domain/notification/is-loopback.ts';

/**
 * Connections by the proxy of `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` (or in small letters), none of them kept. This
 * machine itself is reached without one. An older Node does not know of proxies, and connects itself.
 */
export function proxiedAgent(url: URL, environment: Environment): PlainAgent | false {
  const proxyEnv = Object.fromEntries(
    NAMES.flatMap((name) => {
      const value = environment[name];
      return value ? [[name, value]] : [];
    }),
  );
  if (Object.keys(proxyEnv).length === 0 || isLoopback(url.hostname)) {
    return false;
  }
  const options = { keepAlive: false, proxyEnv };
  return url.protocol === 'https:' ? new SecureAgent(options) : new PlainAgent(options);
}

const NAMES = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY', 'https_proxy', 'http_proxy', 'no_proxy'];
