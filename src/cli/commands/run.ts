import { closeSync, writeSync } from 'node:fs';
import { describeError } from '../../domain/error.ts';
import type { ReadyReport } from '../../runner/start-detached.ts';
import type { RunCommand } from '../cli-context.ts';
import { playLoop } from '../play-loop.ts';

/** The loop in the foreground; with `--ready-fd` as the child of `start`. */
export const run: RunCommand = async (context, options) => {
  const fd = typeof options['readyFd'] === 'string' ? Number(options['readyFd']) : null;
  const trace = typeof options['trace'] === 'string' ? options['trace'] : null;
  const unpause = options['unpause'] === true;
  const report = (told: ReadyReport): void => {
    if (fd !== null) {
      writeSync(fd, JSON.stringify(told));
      closeSync(fd);
    }
  };
  let isUp = false;
  const ready = (): void => {
    isUp = true;
    report({ ready: true });
  };
  try {
    const end = await playLoop(context, options, { mode: 'run', unpause, trace, ready });
    return end.exitCode;
  } catch (error) {
    if (!isUp) {
      report({ error: describeError(error) });
    }
    throw error;
  }
};
