import { spawnSync } from 'node:child_process';
import type { ProcessRow } from './process-row.ts';

/** Every living process as `ps` tells of it; `-E` shows the environment of one's own behind the command. */
export function darwinProcesses(mark: string | null): ProcessRow[] {
  const answer = spawnSync(
    '/bin/ps',
    ['-axEww', '-o', 'pid=,ppid=,pgid=,rss=,time=,stat=,lstart=,command='],
    {
      encoding: 'utf8',
      env: { LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 256 * 1024 * 1024,
    },
  );
  if (answer.error !== undefined) {
    throw answer.error;
  }
  return answer.stdout.split('\n').flatMap((line) => row(line, mark) ?? []);
}

/** `lstart` is five words: Mon Nov 23 10:02:11 2026. */
const LINE =
  /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\S+)\s+(\S+\s+\S+\s+\S+\s+\S+\s+\S+)\s(.*)$/s;

function row(line: string, mark: string | null): ProcessRow | null {
  const [, pid, parent, group, resident, time = '', state = 'Z', startTicks = '', command = ''] =
    LINE.exec(line) ?? [];
  return pid === undefined || state.startsWith('Z')
    ? null
    : {
        pid: Number(pid),
        name: nameOf(command),
        startTicks,
        parent: Number(parent),
        group: Number(group),
        session: 0,
        isBetweenPrograms: false,
        isMarked: mark !== null && `${command} `.includes(` ${mark} `),
        cpuSeconds: secondsOf(time),
        residentBytes: Number(resident) * 1024,
      };
}

/** The last part of the path that its command begins with. */
function nameOf(command: string): string {
  return command.split(' ', 1)[0]?.split('/').at(-1) ?? '';
}

/** `1:02.50`, `3:01:02.50`: minutes and hours before seconds. */
function secondsOf(time: string): number {
  return time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}
