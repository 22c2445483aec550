import type { Recorder } from '../recorder.ts';
import { geminiVersion } from './gemini-cli.ts';
import { play } from './play.ts';
import { plots } from './plots.ts';

export const recorder: Recorder = {
  version: geminiVersion,
  recordings: plots.map((plot) => ({ name: plot.name, run: () => play(plot) })),
};
