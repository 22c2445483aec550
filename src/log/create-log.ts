import pino from 'pino';
import { LogFile } from './log-file.ts';

export interface LogPlace {
  /** `loop.log`, absolute. */
  readonly path: string;
  readonly loop: string;
  readonly redact: (text: string) => string;
}

export interface LoopLog {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
  bytes(): number;
  /** Goes on in a new file of that name; the old one was renamed. */
  reopen(): void;
  /** Begins the file anew where somebody took it away; what was wrong, null: nothing. */
  mend(): string | null;
  close(): void;
}

/** `loop.log`: JSON lines, each redacted as it is written. Never throws: a log that cannot be written is no reason to stop. */
export function createLog(place: LogPlace): LoopLog {
  const destination = new LogFile(place.path, (missing) => {
    const level = pino.levels.values['warn'];
    const facts = { level, time: new Date().toISOString(), loop: place.loop, pid: process.pid };
    const msg = `lines missing here, as the log could not be written: ${missing}`;
    return `${JSON.stringify({ ...facts, msg })}\n`;
  });
  const logger = pino(
    {
      base: { loop: place.loop, pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      hooks: { streamWrite: (line) => place.redact(line) },
    },
    destination,
  );
  return {
    info: (facts, message) => quietly(() => logger.info(facts, message)),
    warn: (facts, message) => quietly(() => logger.warn(facts, message)),
    error: (facts, message) => quietly(() => logger.error(facts, message)),
    bytes: () => destination.bytes(),
    reopen: () => quietly(() => destination.reopen()),
    mend: () => (destination.mend() ? 'was deleted or replaced, and begun anew' : null),
    close: () => quietly(() => destination.close()),
  };
}

function quietly(write: () => void): void {
  try {
    write();
  } catch {
    // The events tell, the log need not.
  }
}
