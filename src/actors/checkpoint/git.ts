import { execa } from 'execa';
import { GIT_OPTIONS, gitEnvironment, placeless } from '../git-environment.ts';

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
    const ended = await execa('git', [...GIT_OPTIONS, ...args], {
      ...{ cwd, extendEnv: false, env: { ...gitEnvironment(this.env), ...call.env, ...own } },
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
