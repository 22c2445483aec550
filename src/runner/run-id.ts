import { randomBytes } from 'node:crypto';

/** Sorts by time, unique for ever: `20261123T101500-3f9c2a`. */
export function newRunId(): string {
  const time = new Date().toISOString().replaceAll(/[-:]|\.\d+Z/g, '');
  return `${time}-${randomBytes(3).toString('hex')}`;
}
