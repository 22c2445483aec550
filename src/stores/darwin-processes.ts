import { spawnSync } from 'node:child_process';
import type { ProcessRow } from './process-row.ts';

/** Every living process as `ps` tells of it; `-E` shows the environment of one's own behind the command. */
export function darwinProcesses(mark: string): ProcessRow[] {
  const answer = spawnSync('/bin/ps', ['-axEww', '-o', 'pid=,ppid=,pgid=,stat=,lstart=,command='], {
    encoding: 'utf8',
    env: { LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 256 * 1024 * 1024,
  });
  if (answer.error !== undefined) {
    throw answer.error;
  }
  return answer.stdout.split('\n').flatMap((line) => row(line, mark) ?? []);
}

/** `lstart` is five words: Mon Nov 23 10:02:11 2026. */
const LINE = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\S+\s+\S+\s+\S+\s+\S+\s+\S+)\s(.*)$/s;

function row(line: string, mark: string): ProcessRow | null {
  const [, pid, parent, group, state = 'Z', startTicks = '', command = ''] = LINE.exec(line) ?? [];
  return pid === undefined || state.startsWith('Z')
    ? null
    : {
        pid: Number(pid),
        startTicks,
        parent: Number(parent),
        group: Number(group),
        session: 0,
        isMarked: `${command} `.includes(` ${mark} `),
      };
}
