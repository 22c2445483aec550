import { benchAgentOutput } from './agent-output.ts';
import { benchChanges } from './changes.ts';
import type { Figure } from './figure.ts';
import { benchHistory } from './history.ts';
import { benchIdleRunner } from './idle-runner.ts';
import { benchInspection } from './inspection.ts';
import { benchIsolation } from './isolation.ts';
import { benchIterationOverhead } from './iteration-overhead.ts';
import { benchRedaction } from './redaction.ts';
import { benchReport } from './report.ts';
import { benchSelection } from './selection.ts';
import { benchStatusAndResume } from './status-and-resume.ts';
import { benchSupervision } from './supervision.ts';

/** `npm run bench [-- NAME…]`: every figure with its ratio to a baseline of the same run. */
const BENCHES: Readonly<Record<string, () => Promise<Figure[]>>> = {
  overhead: benchIterationOverhead,
  status: benchStatusAndResume,
  idle: benchIdleRunner,
  redaction: benchRedaction,
  output: benchAgentOutput,
  inspection: benchInspection,
  isolation: benchIsolation,
  supervision: benchSupervision,
  selection: benchSelection,
  changes: benchChanges,
  history: benchHistory,
  report: benchReport,
};

const asked = process.argv.slice(2);
for (const name of asked.length > 0 ? asked : Object.keys(BENCHES)) {
  const figures = await BENCHES[name]?.();
  if (!figures) {
    throw new Error(`There is no bench "${name}": ${Object.keys(BENCHES).join(', ')}.`);
  }
  for (const { name: what, value, unit, baseline, ratio } of figures) {
    const cells = [what.padEnd(66), `${round(value)} ${unit}`.padEnd(16)];
    console.log(`${cells.join(' ')} ${round(ratio)} × ${baseline.name} (${round(baseline.value)})`);
  }
}
process.exit(0);

function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(2);
}
