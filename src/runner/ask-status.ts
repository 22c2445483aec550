import { connect } from 'node:net';
import { errorCode } from '../stores/error-code.ts';
import { parseJson } from '../stores/parse-json.ts';
import { hasShape, isCount, isRecord, isShallow, isString } from '../stores/shape.ts';
import type { LoopStatus } from '../domain/loop-status.ts';

export type SocketAnswer =
  | { readonly kind: 'status'; readonly status: LoopStatus }
  /** Somebody holds the socket and says nothing: stopped, or busy. */
  | { readonly kind: 'silent' }
  /** Nobody listens there. */
  | { readonly kind: 'gone' };

/** A runner answers within a turn of its event loop; only a hook that blocks it, or SIGSTOP, makes it slower. */
const PATIENCE_MS = 1_500;
/** Whoever says more is no runner. */
const LONGEST_ANSWER = 4_000_000;

/** Asks whoever listens on the control socket. Never throws: what is no answer says something too. */
export function askStatus(path: string, patienceMs: number = PATIENCE_MS): Promise<SocketAnswer> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const timer = setTimeout(() => answer({ kind: 'silent' }), patienceMs);
    let text = '';
    const answer = (found: SocketAnswer): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(found);
    };
    socket.setEncoding('utf8');
    socket.on('connect', () => socket.write('{"command":"status"}\n'));
    socket.on('data', (chunk: string) => {
      text += chunk;
      if (text.includes('\n')) {
        answer(readAnswer(text));
      } else if (text.length > LONGEST_ANSWER) {
        answer({ kind: 'gone' });
      }
    });
    socket.on('end', () => answer({ kind: 'gone' }));
    socket.on('error', (error) => answer({ kind: meaningOf(error) }));
  });
}

/** EAGAIN: its queue of visitors is full, so that somebody has not looked for long. */
function meaningOf(error: unknown): 'silent' | 'gone' {
  return errorCode(error) === 'EAGAIN' ? 'silent' : 'gone';
}

function readAnswer(text: string): SocketAnswer {
  const value = parseJson(text.slice(0, text.indexOf('\n')));
  const status = isRecord(value) ? value['status'] : undefined;
  return isStatus(status) && isShallow(status) ? { kind: 'status', status } : { kind: 'gone' };
}

/** The frame alone: the runner may be of another version than this client. */
function isStatus(value: unknown): value is LoopStatus {
  return hasShape<Pick<LoopStatus, 'loop' | 'task' | 'state' | 'pid' | 'totals' | 'caps'>>(value, {
    loop: isString,
    task: isString,
    state: isString,
    pid: isCount,
    totals: isRecord,
    caps: isRecord,
  });
}
