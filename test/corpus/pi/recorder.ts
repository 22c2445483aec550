import { access } from 'node:fs/promises';
import type { Recorder } from '../recorder.ts';
import { plays } from './plays.ts';
import { NEWEST, RELEASES } from './releases.ts';
import { runPi } from './run-pi.ts';

export const recorder: Recorder = {
  version: installedVersion,
  recordings: plays.map((play) => ({ name: play.name, run: () => runPi(play) })),
};

async function installedVersion(): Promise<string> {
  try {
    await Promise.all(Object.values(RELEASES).map((path) => access(path)));
  } catch {
    throw new Error('pi is not installed. Install it: npm ci --prefix test/corpus/tools/pi');
  }
  return NEWEST;
}
