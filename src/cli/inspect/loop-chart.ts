import { describedChart, type MachineChart } from '../../inspect/machine-chart.ts';
import { MACHINES } from '../../inspect/machines.ts';
import { renderSvg } from '../../inspect/svg/render-svg.ts';
import { loopDefinitionHash } from '../../runner/loop-definition-hash.ts';
import { findLayout } from '../graph/find-layout.ts';

/** The machine that every loop is played by, drawn and described. Throws AutoloopError 155 where it is not laid out. */
export function loopChart(): MachineChart {
  const { loop } = MACHINES;
  if (!loop) {
    throw new Error('There is no machine "loop".');
  }
  const svg = renderSvg(loop, findLayout(loop), { hasStyle: false, hasLegend: false });
  return describedChart(loop, { definitionHash: loopDefinitionHash(), svg });
}
