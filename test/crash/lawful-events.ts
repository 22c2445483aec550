import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';

const SCHEMA = join(import.meta.dirname, '..', '..', 'docs', 'events.schema.json');
const EVENTS = /^events\.ndjson(?:\.\d+)?$/;

const isLawful = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(SCHEMA, 'utf8')),
);

/**
 * Throws where an event of any loop below the folder is not as `events.schema.json` says. What is no JSON at all was
 * torn by a crash or broken on purpose, and is looked at by the tests that do so.
 */
export function expectLawfulEvents(directory: string): void {
  const wrong = eventFiles(directory).flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line, index) => {
        const event = parsed(line);
        return event === undefined || isLawful(event)
          ? []
          : `${file}:${index + 1} ${complaints()}\n${line}`;
      }),
  );
  if (wrong.length > 0) {
    throw new Error(
      `${wrong.length} events are not as docs/events.schema.json says:\n${wrong.slice(0, 5).join('\n')}`,
    );
  }
}

function eventFiles(directory: string): string[] {
  if (!existsSync(directory)) {
    return [];
  }
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory() && !['.git', 'node_modules'].includes(entry.name)) {
      return eventFiles(path);
    }
    return entry.isFile() && EVENTS.test(entry.name) && statSync(path).size > 0 ? path : [];
  });
}

/** undefined: it is no JSON object. */
function parsed(line: string): object | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function complaints(): string {
  return (isLawful.errors ?? [])
    .filter(({ keyword }) => keyword !== 'if')
    .map(({ instancePath, message }) => `${instancePath} ${message}`)
    .join('; ');
}
