import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 bits, made anew at each start: who has it may look at the loops and steer them. */
export function makeToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Takes as long whatever is wrong with it. */
export function isToken(given: string, token: string): boolean {
  return timingSafeEqual(digest(given), digest(token));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
