import { nameOf, readService, type ListedService } from './read-service.ts';

/**
 * The services in what a command printed or a file holds, each name once: JSON (a list, or an object by name, also in
 * categories), JSON in lines, or lines with a name and, if anything, its state behind it. Throws where it begins as JSON
 * and is none.
 */
export function parseServices(text: string): ListedService[] {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  const isJson = /^[[{]/.test(trimmed);
  return onceEach(isJson ? fromJson(trimmed) : linesOf(trimmed).flatMap(fromLine));
}

/** As `parseServices`, of JSON that is read already. */
export function servicesIn(value: unknown): ListedService[] {
  return onceEach(fromValue(value));
}

/** Where a document keeps its services beside other things: `resources`, `services`, `dependencies.resources`. */
export function containerIn(document: unknown): unknown {
  if (!isRecord(document)) {
    return null;
  }
  const { resources, services, dependencies } = document;
  const found = [resources, services, isRecord(dependencies) ? dependencies['resources'] : null];
  return found.find((value) => typeof value === 'object' && value !== null) ?? null;
}

function fromJson(text: string): ListedService[] {
  const whole = parsed(text);
  if (whole !== undefined) {
    return fromValue(whole);
  }
  return linesOf(text).flatMap((line, at) => {
    const value = parsed(line);
    if (value === undefined) {
      throw new Error(`line ${at + 1} is no JSON`);
    }
    return fromValue(value);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** `name`, or `name state`. */
function fromLine(line: string): ListedService[] {
  const [, name = '', state = ''] = /^(\S+?)(?::?\s+(.*))?$/s.exec(line) ?? [];
  return readService(name, state === '' ? null : state, null);
}

function fromValue(value: unknown): ListedService[] {
  if (Array.isArray(value)) {
    return value.flatMap((entry: unknown) => fromEntry(entry, null));
  }
  if (!isRecord(value)) {
    return [];
  }
  const container = containerIn(value);
  if (container !== null) {
    return fromValue(container);
  }
  return nameOf(value) === null ? fromMap(value, null) : fromEntry(value, null);
}

/** One of a list: a name, or an object that has one. */
function fromEntry(entry: unknown, category: string | null): ListedService[] {
  if (typeof entry === 'string') {
    return readService(entry, null, category);
  }
  const name = isRecord(entry) ? nameOf(entry) : null;
  return name === null ? [] : readService(name, entry, category);
}

function fromMap(map: Readonly<Record<string, unknown>>, category: string | null): ListedService[] {
  const entries = Object.entries(map).filter(([key, value]) => isOfService(key, value));
  return entries.flatMap(([key, value]) => {
    if (category === null && Array.isArray(value)) {
      return value.flatMap((entry: unknown) => fromEntry(entry, key));
    }
    return category === null && isCategory(value)
      ? fromMap(value, key)
      : readService(key, value, category);
  });
}

/** What a document says of itself is no service. */
function isOfService(key: string, value: unknown): boolean {
  return (
    typeof value !== 'number' && !/^(?:\$.*|version|description|updated|timestamp)$/i.test(key)
  );
}

/** Holds nothing but objects, and no part that a service has. */
function isCategory(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    isRecord(value) &&
    Object.keys(value).length > 0 &&
    Object.entries(value).every(([key, part]) => isRecord(part) && !PARTS.has(key.toLowerCase()))
  );
}

const PARTS: ReadonlySet<string> = new Set(
  `authentication backup build config configuration credentials deploy environment env health
  healthcheck init initialization labels logging monitoring networks options ports settings volumes`.split(
    /\s+/,
  ),
);

/** Of those that come again, what is ill or does not run is what counts. */
function onceEach(listed: readonly ListedService[]): ListedService[] {
  const known = new Map<string, ListedService>();
  for (const service of listed) {
    const before = known.get(service.name);
    known.set(service.name, before === undefined ? service : merged(before, service));
  }
  return [...known.values()];
}

function merged(first: ListedService, second: ListedService): ListedService {
  const worse = second.running === false && first.running !== false ? second : first;
  return {
    name: first.name,
    enabled: first.enabled ?? second.enabled,
    running: worse.running ?? second.running,
    state: worse.state ?? second.state,
    category: first.category ?? second.category,
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
