import { execa } from 'execa';

const PATIENCE_MS = 5_000;
const LONGEST_OUTPUT = 64_000;

/** First line of what `PROGRAM --version` prints; null: it tells none, or not in time. Only for programs that are known to have it. */
export async function probeVersion(program: string): Promise<string | null> {
  const { failed, stdout } = await execa(program, ['--version'], {
    stdin: 'ignore',
    timeout: PATIENCE_MS,
    killSignal: 'SIGKILL',
    maxBuffer: LONGEST_OUTPUT,
    reject: false,
  });
  const [line = ''] = stdout.trim().split('\n');
  return failed || line === '' ? null : line.slice(0, 80);
}
