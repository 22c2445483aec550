import { execFile } from 'node:child_process';
import { findInstallation } from './installation.ts';

export interface AutoloopCall {
  readonly args: readonly string[];
  readonly cwd: string;
}

export interface AutoloopResult {
  readonly isOk: boolean;
  readonly out: string;
  readonly err: string;
}

/** A command of this autoloop in a process of its own, which whoever calls it does not outlive by force. */
export function callAutoloop({ args, cwd }: AutoloopCall): Promise<AutoloopResult> {
  return new Promise((resolve) => {
    execFile(findInstallation().launcher, args, { cwd }, (error, out, err) => {
      resolve({ isOk: error === null, out, err });
    });
  });
}
