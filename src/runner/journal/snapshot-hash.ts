import { createHash } from 'node:crypto';

/** Of a snapshot's JSON: the first 16 hexadecimal digits of its SHA-256. */
export function snapshotHash(body: string): string {
  return createHash('sha256').update(body).digest('hex').slice(0, 16);
}
