import { execFileSync } from 'node:child_process';
import type { Recorder } from '../recorder.ts';
import { recordings } from './recordings.ts';
import { claudeBinary, runClaude } from './run-claude.ts';

export const recorder: Recorder = {
  async version() {
    return execFileSync(claudeBinary(), ['--version'], { encoding: 'utf8' }).split(' ', 1).join();
  },
  recordings: Object.entries(recordings).map(([name, play]) => ({
    name,
    run: () => runClaude(play),
  })),
};
