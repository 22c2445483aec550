import { execa } from 'execa';

export interface GitScope {
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Ends what a hook has left behind. */
  readonly sweep?: () => Promise<unknown>;
}

export interface GitCall {
  readonly input?: string;
  /** Another index than the repository's own. */
  readonly index?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Exit codes besides 0 that are an answer. */
  readonly accepts?: readonly number[];
}

/** What git refused to do. Its words are not redacted. */
export class GitError extends Error {
  override readonly name = 'GitError';
}

/** Git where a loop works. Settings of a repository that would start a program of its own, or keep state between calls, are off. */
export class Git {
  readonly #scope: GitScope;

  constructor(scope: GitScope) {
    this.#scope = scope;
  }

  get scope(): GitScope {
    return this.#scope;
  }

  /** Of git and its hooks; which repository it is, tells the folder alone. */
  get env(): Readonly<Record<string, string>> {
    return placeless(this.#scope.env);
  }

  /** What it prints, as it is. Throws GitError. */
  async run(args: readonly string[], call: GitCall = {}): Promise<string> {
    return (await this.ask(args, call)).out;
  }

  /** Without the newline at the end. */
  async line(args: readonly string[], call: GitCall = {}): Promise<string> {
    return (await this.run(args, call)).replace(/\n$/, '');
  }

  /** null: git says no, with exit code 1. */
  async perhaps(args: readonly string[], call: GitCall = {}): Promise<string | null> {
    const { code, out } = await this.ask(args, { ...call, accepts: [1] });
    return code === 0 ? out.replace(/\n$/, '') : null;
  }

  /** NUL-terminated items. */
  async list(args: readonly string[], call: GitCall = {}): Promise<string[]> {
    return (await this.run(args, call)).split('\0').slice(0, -1);
  }

  async ask(args: readonly string[], call: GitCall): Promise<{ code: number; out: string }> {
    const { cwd, signal } = this.#scope;
    const own = call.index === undefined ? {} : { GIT_INDEX_FILE: call.index };
    const ended = await execa('git', [...ALWAYS, ...args], {
      ...{ cwd, extendEnv: false, env: { ...this.env, ...QUIET, ...call.env, ...own } },
      ...(call.input === undefined ? { stdin: 'ignore' as const } : { input: call.input }),
      ...(signal && { cancelSignal: signal }),
      ...{
        reject: false,
        stripFinalNewline: false,
        maxBuffer: 1_000_000_000,
        timeout: PATIENCE_MS,
      },
    });
    const { exitCode, stdout, stderr } = ended;
    if (exitCode === 0 || (exitCode !== undefined && call.accepts?.includes(exitCode))) {
      return { code: exitCode, out: stdout };
    }
    const words = stderr.trim() || (ended.failed ? ended.shortMessage : `exit code ${exitCode}`);
    throw new GitError(`git ${args[0] ?? ''}: ${words}`);
  }
}

const PATIENCE_MS = 300_000;

const ALWAYS = [
  ...[
    '-c',
    'core.fsmonitor=false',
    '-c',
    'core.splitIndex=false',
    '-c',
    'core.untrackedCache=false',
  ],
  ...['-c', 'submodule.recurse=false', '-c', 'core.quotePath=false', '-c', 'core.safecrlf=false'],
];

const QUIET = {
  LC_ALL: 'C',
  GIT_LITERAL_PATHSPECS: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
};

/** An autoloop that is started by a git hook is told of that hook's repository. */
function placeless(env: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !PLACES.has(name)));
}

const PLACES: ReadonlySet<string> = new Set([
  ...['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_COMMON_DIR', 'GIT_PREFIX'],
  ...['GIT_OBJECT_DIRECTORY', 'GIT_ALTERNATE_OBJECT_DIRECTORIES', 'GIT_NAMESPACE'],
]);
