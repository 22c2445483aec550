import { execFile } from 'node:child_process';

const PATIENCE_MS = 5_000;

/** First line of what `PROGRAM --version` prints; null: it tells none, or not in time. Only for programs that are known to have it. */
export function probeVersion(program: string): Promise<string | null> {
  return new Promise((resolve) => {
    const options = { timeout: PATIENCE_MS, killSignal: 'SIGKILL', maxBuffer: 64_000 } as const;
    const child = execFile(program, ['--version'], options, (error, stdout) => {
      const [line = ''] = stdout.trim().split('\n');
      resolve(error || line === '' ? null : line.slice(0, 80));
    });
    child.stdin?.end();
  });
}
