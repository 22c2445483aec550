import type { LoopChange } from '../../domain/control.ts';
import type { RunEnd } from '../../runner/run-request.ts';
import type { CliContext } from '../cli-context.ts';
import { endLine } from './end-line.ts';
import { paintFor } from '../tables/paint.ts';
import { LiveBlock } from './live-block.ts';
import { progressLine } from './progress-line.ts';

export interface Progress {
  tell(change: LoopChange): void;
  end(end: RunEnd): void;
  close(): void;
}

/** Live on a terminal, plain lines elsewhere, events as they are with `--json`, nothing with `--quiet`. */
export function createProgress(context: CliContext): Progress {
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
  const block = terminal.isInteractive ? new LiveBlock(context) : null;
  const print = (line: string): void => (block ? block.print(line) : terminal.write(`${line}\n`));
  return {
    tell: (change) => {
      if (change.kind === 'status') {
        block?.show(change.status);
        return;
      }
      const line = progressLine(change.event, { isLive: block !== null, paint });
      if (line !== null) {
        print(line);
      }
    },
    end: (end) => {
      block?.close();
      terminal.write(`${endLine(context, end)}\n`);
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
