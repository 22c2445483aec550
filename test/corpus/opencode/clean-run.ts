import type { RecordedRun } from '../recorder.ts';
import type { OpencodeHome } from './opencode-home.ts';

/** The run's output as it would be on any machine, at /home/dev/project; nothing else is changed. */
export function cleanRun(run: RecordedRun, place: OpencodeHome): RecordedRun {
  return { ...run, stdout: clean(run.stdout, place), stderr: clean(run.stderr, place) };
}

// It names a file without its first slash in titles.
function clean(text: string, { home }: OpencodeHome): string {
  return text
    .replaceAll(home, '/home/dev')
    .replaceAll(home.slice(1), 'home/dev')
    .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:8080');
}
