import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal.ts';

/**
 * Throws where a request does not come from our own page or from a program of this machine: by another name for this
 * address (DNS rebinding), or from a page of somebody else.
 */
export function checkOrigin({ headers }: IncomingMessage, { port, isShell }: Asked): void {
  const names = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (!names.includes(headers.host ?? '')) {
    throw new Refusal(403, `This is ${names[0]} and nothing else.`);
  }
  const { origin } = headers;
  if (origin !== undefined && origin !== `http://${headers.host}`) {
    throw new Refusal(403, 'Other pages may not ask here.');
  }
  const site = headers['sec-fetch-site'];
  // A link to the page may be anywhere.
  const isFollowed = isShell && headers['sec-fetch-dest'] === 'document';
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !isFollowed) {
    throw new Refusal(403, 'Other pages may not ask here.');
  }
}

interface Asked {
  readonly port: number;
  /** A page that holds no data. */
  readonly isShell: boolean;
}
