import { spawnSync } from 'node:child_process';

/** When the process began, as `ps` tells it, in UTC; null: no such process, or only its remains. */
export function darwinProcessStart(pid: number): string | null {
  const told = ask('/bin/ps', ['-o', 'stat=,lstart=', '-p', String(pid)]);
  const [state = '', ...start] = told.split(/\s+/);
  return state === '' || state.startsWith('Z') ? null : start.join(' ');
}

export function darwinBootId(): string {
  return ask('/usr/sbin/sysctl', ['-n', 'kern.bootsessionuuid']);
}

/** Exit code 1 of `ps` means that there is no such process. */
function ask(program: string, args: readonly string[]): string {
  const answer = spawnSync(program, args, {
    encoding: 'utf8',
    env: { LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if (answer.error !== undefined) {
    throw answer.error;
  }
  return answer.stdout.trim();
}
