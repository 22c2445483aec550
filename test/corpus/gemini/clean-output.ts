import { dirname } from 'node:path';
import type { RecordedRun } from '../recorder.ts';
import { geminiProgram } from './gemini-cli.ts';
import type { GeminiOutput } from './run-gemini.ts';

/** The output as it would be on any machine, at /home/dev/project with the program in /opt/gemini; nothing else is changed. */
export function cleanOutput(output: GeminiOutput, home: string): RecordedRun {
  const clean = (text: string): string =>
    text
      .replaceAll(home, '/home/dev')
      .replaceAll(dirname(geminiProgram()), '/opt/gemini')
      .replaceAll(/127\.0\.0\.1:(?!9\b)\d+/g, '127.0.0.1:8080');
  return { ...output, stdout: clean(output.stdout), stderr: clean(output.stderr) };
}
