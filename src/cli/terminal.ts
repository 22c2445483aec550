import { isatty } from 'node:tty';
import { EXIT } from '../domain/error.ts';
import type { Environment } from '../domain/environment.ts';
import { collectSecrets } from '../redaction/known-secrets.ts';
import { createRedactor, type Redactor } from '../redaction/redactor.ts';
import type { Terminal } from './cli-context.ts';

const NARROW = 80;

/** stdout and stderr of this process; everything that passes is redacted. Ends the process when nobody reads stdout any more. */
export function createTerminal(facts: { environment: Environment; hasColor: boolean }): Terminal {
  const isTerminal = isatty(1);
  let redactor: Redactor | null = null;
  let leave = (): void => process.exit(EXIT.ok);
  process.stdout.on('error', () => leave());
  process.stderr.on('error', () => {});
  const redact = (text: string): string => {
    redactor ??= createRedactor(collectSecrets(facts.environment));
    return redactor.redact(text);
  };
  return {
    write: (text) => void process.stdout.write(redact(text)),
    notice: (line) => void process.stderr.write(`${redact(line)}\n`),
    outlive: () => {
      leave = () => {};
    },
    isInteractive: isTerminal && facts.environment['TERM'] !== 'dumb',
    hasColor: facts.hasColor && isTerminal && !facts.environment['NO_COLOR'],
    get columns() {
      return process.stdout.columns || NARROW;
    },
  };
}
