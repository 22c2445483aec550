import type { Duplex } from 'node:stream';
import type { Command } from '../domain/attempt.ts';

/**
 * The first process of a worker's PID namespace. It must not be the agent: signals without a handler do not reach a
 * first process. It begins when it is told to, says with which code the agent ended and how many processes there are,
 * and stays until it is killed: the whole namespace ends with it. What the shell itself says of its children goes
 * nowhere. $1: open files of each process, 0: as they are.
 */
const SCRIPT = `exec 2>/dev/null
[ "$1" = 0 ] || ulimit -n "$1"
shift
echo up >&3
read -r _ <&3 || exit 1
"$@" 2>&4 3>&- 4>&-
code=$?
set -- /proc/[0-9]*
echo "$code $#" >&3
read -r _ <&3`;

/** Where the init hears and speaks, and where it finds the agent's stderr: its own is that of `unshare`. */
export const INIT_FD = 3;
export const AGENT_STDERR_FD = 4;

/** As root, or as a user who becomes nobody else by it. */
export const NAMESPACE_FORMS = {
  root: ['--pid', '--fork', '--kill-child', '--mount-proc'],
  user: ['--user', '--map-current-user', '--pid', '--fork', '--kill-child', '--mount-proc'],
} as const;

export type NamespaceForm = keyof typeof NAMESPACE_FORMS;

interface NamespaceParts {
  readonly form: NamespaceForm;
  /** Absolute paths. */
  readonly setpriv: string;
  readonly unshare: string;
  readonly shell: string;
}

/** What an agent's command is put behind; it dies with whoever started it. `withInit` completes it. */
export function namespaceCommand({ form, setpriv, unshare, shell }: NamespaceParts): Command {
  const args = [
    '--pdeathsig',
    'KILL',
    unshare,
    ...NAMESPACE_FORMS[form],
    '--',
    shell,
    '-c',
    SCRIPT,
  ];
  return { file: setpriv, args: [...args, 'init'] };
}

export function withInit(namespace: Command, agent: Command, openFiles: number): Command {
  const args = [...namespace.args, String(openFiles), agent.file, ...agent.args];
  return { file: namespace.file, args };
}

export interface InitWords {
  /** It is there and waits to be told to begin. */
  up(): void;
  /** The agent has ended; `processes` are left, the init and what nobody waited for among them. */
  ended(exitCode: number, processes: number): void;
}

/** Hears what the init says; call the result to let it begin. */
export function hearInit(channel: Duplex, words: InitWords): () => void {
  let heard = '';
  channel.on('error', () => {});
  channel.on('data', (bytes: Buffer) => {
    const lines = (heard + bytes.toString('latin1')).split('\n');
    heard = lines.pop() ?? '';
    lines.forEach((line) => hearLine(line, words));
  });
  return () => channel.write('go\n');
}

function hearLine(line: string, words: InitWords): void {
  if (line === 'up') {
    words.up();
    return;
  }
  const [exitCode = NaN, processes = NaN] = line.split(' ').map(Number);
  words.ended(exitCode, processes);
}
