import { isatty } from 'node:tty';
import type { Environment } from '../domain/environment.ts';
import { collectSecrets } from '../redaction/known-secrets.ts';
import { createRedactor, type Redactor } from '../redaction/redactor.ts';
import type { Terminal } from './cli-context.ts';

const NARROW = 80;

interface TerminalFacts {
  readonly environment: Environment;
  readonly hasColor: boolean;
  /** Nobody reads stdout any more. */
  readonly unheard: () => void;
}

/** stdout and stderr of this process; everything that passes is redacted. */
export function createTerminal(facts: TerminalFacts): Terminal {
  const isTerminal = isatty(1);
  let redactor: Redactor | null = null;
  let { unheard } = facts;
  process.stdout.on('error', () => unheard());
  process.stderr.on('error', () => {});
  const redact = (text: string): string => {
    redactor ??= createRedactor(collectSecrets(facts.environment));
    return redactor.redact(text);
  };
  return {
    write: (text) => void process.stdout.write(redact(text)),
    notice: (line) => void process.stderr.write(`${redact(line)}\n`),
    outlive: () => {
      unheard = () => {};
    },
    isInteractive: isTerminal && facts.environment['TERM'] !== 'dumb',
    hasColor: facts.hasColor && isTerminal && !facts.environment['NO_COLOR'],
    get columns() {
      return process.stdout.columns || NARROW;
    },
  };
}
