/** When the process began, as `ps` tells it, in UTC; null: no such process, or only its remains. */
export function darwinProcessStart(pid: number): string | null {
  const { status, text } = ask('/bin/ps', ['-o', 'stat=', '-o', 'lstart=', '-p', String(pid)]);
  const [state = '', ...start] = text.split(/\s+/);
  return status === NO_SUCH_PROCESS || state.startsWith('Z') ? null : start.join(' ');
}

export function darwinBootId(): string {
  return ask('/usr/sbin/sysctl', ['-n', 'kern.bootsessionuuid']).text;
}

const NO_SUCH_PROCESS = 1;

/** An answer that fails must not be taken for "no such process". */
function ask(program: string, args: readonly string[]): { status: number; text: string } {
  // Loaded here: Linux needs none of it, and every command looks at a process.
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const { status, stdout, error } = spawnSync(program, args, {
    encoding: 'utf8',
    env: { LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const text = (stdout ?? '').trim();
  if (status === null || (text === '' && status !== NO_SUCH_PROCESS)) {
    throw error ?? new Error(`${program} ended without an answer (${status})`);
  }
  return { status, text };
}
