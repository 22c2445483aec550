import { createHmac } from 'node:crypto';

export interface SignedMessage {
  readonly id: string;
  /** Epoch seconds. */
  readonly timestamp: number;
  readonly body: string;
}

/** `v1,` and the base64 of HMAC-SHA256 over `ID.TIMESTAMP.BODY`. A secret `whsec_…` is base64, any other stands for its bytes. */
export function signature(secret: string, { id, timestamp, body }: SignedMessage): string {
  const key = secret.startsWith(ENCODED)
    ? Buffer.from(secret.slice(ENCODED.length), 'base64')
    : Buffer.from(secret, 'utf8');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

const ENCODED = 'whsec_';
