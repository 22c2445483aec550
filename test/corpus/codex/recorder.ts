import { execFileSync } from 'node:child_process';
import type { Recorder } from '../recorder.ts';
import { codexBinary, runCodex } from './run-codex.ts';
import { recordings } from './recordings.ts';

/** Codex, with the mock of the Responses API for its model. */
export const recorder: Recorder = {
  version: async () =>
    execFileSync(codexBinary(), ['--version'], { encoding: 'utf8' }).trim().replace(/^\S+ /, ''),
  recordings: recordings.map((recording) => ({
    name: recording.name,
    run: () => runCodex(recording),
  })),
};
