import type { TimedVerdict } from '../../domain/validation.ts';
import type { Gate } from '../../task/gate.ts';
import { judgeGate } from './judge-gate.ts';
import { readGateReport } from './read-gate-report.ts';
import { runCommand, type CommandOrder } from './run-command.ts';

export type GateScope = Omit<CommandOrder, 'argv' | 'cwd' | 'timeoutMs'>;

/** `output` is not redacted yet. */
export interface GateResult extends TimedVerdict {
  readonly output: string;
}

/** Runs a gate; one that may be retried has to pass once in two times. Never throws. */
export async function runGate(gate: Gate, scope: GateScope): Promise<GateResult> {
  const first = await runOnce(gate, scope);
  if (first.passed || gate.retries === 0 || scope.signal.aborted) {
    return first;
  }
  return { ...(await runOnce(gate, scope)), retried: true };
}

async function runOnce(gate: Gate, scope: GateScope): Promise<GateResult> {
  const { argv, cwd, timeoutMs } = gate;
  const beganEpochMs = Date.now();
  const end = await runCommand({ ...scope, argv, cwd, timeoutMs });
  const read = readGateReport(gate, { end, beganEpochMs });
  const judged = await judgeGate(gate, { end, read });
  const seconds = (Date.now() - beganEpochMs) / 1000;
  return { gate: gate.name, retried: false, ...judged, output: end.output, seconds };
}
