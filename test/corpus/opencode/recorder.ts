import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Recorder } from '../recorder.ts';
import { findOpencode } from './find-opencode.ts';
import { makeHome, opencodeEnv } from './opencode-home.ts';
import { plays } from './plays.ts';
import { runOpencode } from './run-opencode.ts';

export const recorder: Recorder = {
  version,
  recordings: Object.entries(plays).map(([name, play]) => ({ name, run: () => runOpencode(play) })),
};

async function version(): Promise<string> {
  const { home } = await makeHome();
  try {
    const { stdout } = await promisify(execFile)(findOpencode(), ['--version'], {
      env: opencodeEnv(home),
    });
    return stdout.trim();
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
