import type { TestCounts } from '../../domain/validation.ts';
import type { Gate } from '../../task/gate.ts';
import { gateReading } from '../../task/gate-schemas.ts';
import { systemTimer, withDeadline } from '../../task/with-deadline.ts';
import { PARSERS } from './parsers/parsers.ts';
import type { ReadReport } from './read-gate-report.ts';
import type { CommandEnd } from './run-command.ts';

export interface GateEnd {
  readonly end: CommandEnd;
  readonly read: ReadReport;
}

interface Judged {
  readonly passed: boolean;
  readonly reason: string | null;
  readonly tests: TestCounts | null;
}

const LONGEST_PARSING_MS = 60_000;

/** The exit code has to be the expected one, and where a parser reads the output, tests have to have run. */
export async function judgeGate(gate: Gate, { end, read }: GateEnd): Promise<Judged> {
  const wrongEnd = problemOf(gate, end);
  if (gate.parser === null || end.how !== 'exited') {
    return wrongEnd === null ? PASSED : failed(wrongEnd);
  }
  if ('problem' in read) {
    return failed(wrongEnd ?? read.problem);
  }
  const judged =
    typeof gate.parser === 'string'
      ? judgeCounts(gate, PARSERS[gate.parser](read.text))
      : await judgeByTask(gate, { output: read.text, exitCode: end.exitCode });
  return wrongEnd === null
    ? judged
    : { ...judged, passed: false, reason: [wrongEnd, judged.reason].filter(Boolean).join('; ') };
}

const PASSED: Judged = { passed: true, reason: null, tests: null };

function failed(reason: string): Judged {
  return { passed: false, reason, tests: null };
}

function problemOf({ expects, timeoutMs }: Gate, end: CommandEnd): string | null {
  switch (end.how) {
    case 'not started':
      return `it could not be started (${end.detail ?? 'the system does not say why'})`;
    case 'timed out':
      return `it did not end within ${timeoutMs / 1000} s`;
    case 'given up':
      return 'the loop was stopped before it ended';
    default:
      return end.exitCode === expects
        ? null
        : `${end.detail ?? `exit code ${end.exitCode}`}${expects === 0 ? '' : `, expected ${expects}`}`;
  }
}

function judgeCounts({ parser, expects }: Gate, tests: TestCounts | null): Judged {
  if (tests === null) {
    return failed(`its output holds no summary as ${String(parser)} writes it`);
  }
  if (tests.ran === 0) {
    return { passed: false, reason: '0 tests ran', tests };
  }
  // Who expects another exit code expects them to fail.
  return tests.failed > 0 && expects === 0
    ? { passed: false, reason: `${tests.failed} of ${tests.ran} tests failed`, tests }
    : { passed: true, reason: null, tests };
}

async function judgeByTask(
  gate: Gate,
  run: { readonly output: string; readonly exitCode: number | null },
): Promise<Judged> {
  const { parser } = gate;
  const ended = await withDeadline(
    async () => (typeof parser === 'function' ? parser(run) : undefined),
    { timeoutMs: LONGEST_PARSING_MS, clock: systemTimer },
  );
  if (ended.how !== 'returned') {
    const why = ended.how === 'threw' ? `threw: ${String(ended.error)}` : ended.problem;
    return failed(`its parser ${why}`);
  }
  const reading = gateReading.safeParse(ended.value);
  if (!reading.success) {
    return failed('its parser must return true, false, {ran, failed} or {passed, reason?}');
  }
  if (typeof reading.data === 'object' && 'ran' in reading.data) {
    return judgeCounts(gate, reading.data);
  }
  const { passed, reason = 'its parser says so' } =
    typeof reading.data === 'boolean' ? { passed: reading.data } : reading.data;
  return passed ? PASSED : failed(reason);
}
