import { join } from 'node:path';

const TOOLS = join(import.meta.dirname, '../tools/pi');

/** pi as it is now, and as the package that it moved away from still has it. */
export const RELEASES = {
  '1.6.0': join(TOOLS, 'node_modules/@earendil-works/pi-coding-agent/dist/bundle/cli.js'),
  '0.73.1': join(TOOLS, 'node_modules/@mariozechner/pi-coding-agent/dist/cli.js'),
} as const;

export type Release = keyof typeof RELEASES;

export const NEWEST: Release = '1.6.0';
