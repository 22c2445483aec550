import type { TestCounts } from '../../../domain/validation.ts';

/**
 * `go test`, with `-json`, `-v` or neither. Without both it tells packages only, and these are counted then; one
 * whose tests are all skipped cannot be told there from one whose tests passed.
 */
export function goCounts(output: string): TestCounts | null {
  const events = output.split('\n').flatMap(jsonEvent);
  if (events.length > 0) {
    return add(countEvents(events), unbuilt(output));
  }
  if (/^=== RUN {3}/m.test(output)) {
    return add(count(output, /^ *--- (PASS|FAIL): /gm), unbuilt(output));
  }
  const isGo = /^(?:ok {2}|FAIL|\? {3})\t\S+|^testing: warning: no tests to run$/m.test(output);
  return isGo
    ? count(output, /^(ok {2}|FAIL)\t\S+\t(?!.*\[no tests to run\])|^(FAIL)\t\S+ \[/gm)
    : null;
}

interface TestEvent {
  readonly Action: string;
  readonly Test?: unknown;
}

function jsonEvent(line: string): TestEvent[] {
  if (!line.startsWith('{"')) {
    return [];
  }
  try {
    const parsed: unknown = JSON.parse(line);
    return isTestEvent(parsed) ? [parsed] : [];
  } catch {
    return [];
  }
}

function isTestEvent(value: unknown): value is TestEvent {
  return (
    typeof value === 'object' &&
    value !== null &&
    'Action' in value &&
    typeof value.Action === 'string' &&
    'Package' in value
  );
}

function countEvents(events: readonly TestEvent[]): TestCounts {
  const ends = events.filter(({ Test }) => Test !== undefined).map(({ Action }) => Action);
  const failed = ends.filter((action) => action === 'fail').length;
  return { ran: failed + ends.filter((action) => action === 'pass').length, failed };
}

/** Packages that could not be built have no tests to tell of. */
function unbuilt(output: string): TestCounts {
  return count(output, /^(FAIL)\t\S+ \[(?:build|setup) failed\]/gm);
}

function count(output: string, pattern: RegExp): TestCounts {
  const found = [...output.matchAll(pattern)].map((match) => match[1] ?? match[2]);
  return { ran: found.length, failed: found.filter((word) => word === 'FAIL').length };
}

function add(left: TestCounts, right: TestCounts): TestCounts {
  return { ran: left.ran + right.ran, failed: left.failed + right.failed };
}
