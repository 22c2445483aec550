import { isStrayOfTask } from '../task/stray-error.ts';
import { appendTrace, beginTrace } from '../stores/runner-trace.ts';

export interface Trace {
  /** `runner.err`, absolute. */
  readonly path: string;
  /** The file that stderr goes to already, under another name; null: it is somebody else's. */
  readonly begun: string | null;
  readonly redact: (text: string) => string;
}

/** What kills this process by an exception (one that a task left behind does not) is kept, redacted, for whoever asks why. Returns its end. */
export function leaveTrace({ path, begun, redact }: Trace): () => void {
  beginTrace(path, begun);
  const stopRedacting = begun === null ? () => {} : redactStderr(redact);
  const keep = (error: unknown): void => {
    if (isStrayOfTask(error)) {
      return;
    }
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    appendTrace(path, redact(text));
  };
  process.on('uncaughtExceptionMonitor', keep);
  return () => {
    process.off('uncaughtExceptionMonitor', keep);
    stopRedacting();
  };
}

/** A task may print what it likes, for as long as it likes. */
function redactStderr(redact: (text: string) => string): () => void {
  const { stderr } = process;
  const write = stderr.write.bind(stderr);
  let left = MOST_CHARACTERS;
  stderr.write = (chunk: string | Uint8Array): boolean => {
    const text = redact(String(chunk));
    left -= text.length;
    return left < 0 || write(text);
  };
  return () => {
    stderr.write = write;
  };
}

const MOST_CHARACTERS = 1_000_000;
