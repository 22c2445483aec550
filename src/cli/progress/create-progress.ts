import type { LoopChange } from '../../domain/control.ts';
import type { RunEnd } from '../../runner/run-request.ts';
import type { CliContext } from '../cli-context.ts';
import { endLine } from './end-line.ts';
import type { Asked } from '../status/next-command.ts';
import { paintFor } from '../tables/paint.ts';
import { LiveBlock } from './live-block.ts';
import { progressLine } from './progress-line.ts';

export interface Progress {
  tell(change: LoopChange): void;
  end(end: RunEnd): void;
  close(): void;
}

/** Live on a terminal, plain lines elsewhere, events as they are with `--json`, nothing with `--quiet`. */
export function createProgress(context: CliContext, asked: Asked = {}): Progress {
  const { terminal, globals } = context;
  if (globals.json) {
    return {
      tell: (change) => {
        if (change.kind === 'event') {
          terminal.write(`${JSON.stringify(change.event)}\n`);
        }
      },
      end: () => {},
      close: () => {},
    };
  }
  if (globals.quiet) {
    return { tell: () => {}, end: (end) => tellTrouble(context, end), close: () => {} };
  }
  const paint = paintFor(terminal);
  let signals = 0;
  const block = terminal.isInteractive ? new LiveBlock(context) : null;
  const print = (line: string): void => (block ? block.print(line) : terminal.write(`${line}\n`));
  return {
    tell: (change) => {
      if (change.kind === 'status') {
        block?.show(change.status);
        return;
      }
      signals += change.event.event === 'signal' ? 1 : 0;
      const line = progressLine(change.event, { isLive: block !== null, paint, signals });
      if (line !== null) {
        print(line);
      }
    },
    end: (end) => {
      block?.close();
      terminal.write(`${endLine(context, end, asked)}\n`);
      tellTrouble(context, end);
    },
    close: () => block?.close(),
  };
}

function tellTrouble({ terminal }: CliContext, { message, fix }: RunEnd): void {
  if (message !== null) {
    terminal.notice(`autoloop: ${message}`);
  }
  if (fix !== null) {
    terminal.notice(fix);
  }
}
