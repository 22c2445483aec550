import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { Socket } from 'node:net';
import type { Writable } from 'node:stream';

export interface WatchRequest {
  /** Where the last words of a runner are kept: `runner.err`, absolute. */
  readonly trace: string;
  /** PATH of the runner. */
  readonly path: string;
  readonly task: string;
  /** How long a thread may be blocked; and, as a suspended machine blocks it too, how long it then has to come back. */
  readonly silentMs?: number;
  readonly graceMs?: number;
}

/**
 * Ends this process where a hook blocks its thread: no timer of its own could. A shell outside of it hears a beat while
 * a hook runs; when there is none it writes down which hook it was, and kills. The run is then unfinished as after any
 * crash, and can be gone on with. Where there is no `timeout` program nothing is watched. See docs/decisions/0060.
 */
export class HookWatch {
  readonly #request: WatchRequest;
  #shell: ChildProcessByStdio<Writable, null, null> | null = null;
  #beat: NodeJS.Timeout | null = null;
  #running = 0;
  #isOver = false;

  constructor(request: WatchRequest) {
    this.#request = request;
  }

  /** Call it before the hook, and what it returns when the hook has ended or was given up. */
  begin(hook: string): () => void {
    this.#running += 1;
    if (this.#running === 1 && !this.#isOver) {
      this.#shell ??= this.#start();
      this.#say(this.#lastWords(hook));
      this.#beat = setInterval(() => this.#say('beat'), this.#silentMs / 6).unref();
    }
    let hasEnded = false;
    return () => {
      if (!hasEnded) {
        hasEnded = true;
        this.#ended();
      }
    };
  }

  close(): void {
    this.#isOver = true;
    clearInterval(this.#beat ?? undefined);
    this.#shell?.stdin.end();
  }

  #ended(): void {
    this.#running -= 1;
    if (this.#running === 0) {
      clearInterval(this.#beat ?? undefined);
      this.#say('end');
    }
  }

  #say(line: string): void {
    if (!this.#isOver) {
      this.#shell?.stdin.write(`${line}\n`);
    }
  }

  /** In a session of its own: Ctrl-C is not meant for it. It ends when its stdin does. */
  #start(): ChildProcessByStdio<Writable, null, null> {
    const { trace, path } = this.#request;
    const seconds = [this.#silentMs, this.#request.graceMs ?? 15_000].map((ms) =>
      String(ms / 1000),
    );
    const shell = spawn(
      '/bin/sh',
      ['-c', SCRIPT, 'watch', ...seconds, String(process.pid), trace],
      {
        stdio: ['pipe', 'ignore', 'inherit'],
        env: { PATH: path },
        detached: true,
      },
    );
    shell.unref();
    if (shell.stdin instanceof Socket) {
      shell.stdin.unref();
    }
    const over = (): void => void (this.#isOver = true);
    shell.on('error', over).on('exit', over);
    shell.stdin.on('error', over);
    return shell;
  }

  get #silentMs(): number {
    return this.#request.silentMs ?? 60_000;
  }

  #lastWords(hook: string): string {
    const after = (this.#silentMs + (this.#request.graceMs ?? 15_000)) / 1000;
    return `Error: Hook ${hook} of task "${this.#request.task}" blocked the runner for ${after} s without an await, and the runner was ended. Correct the hook; the run goes on with: autoloop resume`;
  }
}

/** 0: a beat. 2: the hook has ended. 124: nothing was heard, which is no wonder of a runner that somebody stopped. Anything else: the runner has gone, or there is no `timeout`. */
const SCRIPT = `
hear() { timeout "$1" /bin/sh -c 'IFS= read -r line || exit 1; [ "$line" != end ] || exit 2'; }
while IFS= read -r words; do
  while :; do
    hear "$1"; heard=$?
    if [ "$heard" = 124 ]; then hear "$2"; heard=$?; fi
    case "$heard" in
      0) ;;
      2) break ;;
      124) case "$(ps -o state= -p "$3")" in T*) continue ;; esac
        printf '%s\\n' "$words" >> "$4"; printf '%s\\n' "$words" >&2; kill -9 "$3"; exit ;;
      *) exit 3 ;;
    esac
  done
done`;
