import { join } from 'node:path';
import {
  documentationShare,
  namesIn,
  openShare,
  prdCompletion,
  qualityOf,
  type SelectionContext,
  type TargetOffer,
} from 'autoloop/task';
import type { Scenario } from './find-scenarios.ts';
import type { ScenarioSettings } from './settings.ts';

const PREFERRED = 0.3;
/** For who a model puts first; the others stand in even steps below. */
const RANKED = 0.7;
/** Of a scenario that nobody has said yet what it is to be. */
const WITHOUT_PRD = 0.6;

/** A scenario as it is offered for work. `ranked`: the names a model has put in order, best first. */
export async function offerOf(
  context: SelectionContext<ScenarioSettings>,
  { name, folder, items }: Scenario,
  ranked: readonly string[],
): Promise<TargetOffer> {
  const { own, workspace, history } = context;
  const place = ranked.indexOf(name);
  const rank = place === -1 ? 0 : (RANKED * (ranked.length - place)) / ranked.length;
  const wish = namesIn(own.prefer).includes(name) ? PREFERRED : 0;
  const record = Object.hasOwn(history, name) ? history[name] : undefined;
  return {
    name,
    need: needOf({ items }),
    priority: rank + wish,
    reason: reasonOf(items, { place: place + 1, isPreferred: wish > 0 }),
    maturity: {
      completion: prdCompletion(items ?? []).share,
      quality: own.validate === '' ? null : qualityOf(record),
      documentation: await documentationShare(join(workspace, folder)),
    },
  };
}

function reasonOf(
  items: Scenario['items'],
  { place, isPreferred }: { place: number; isPreferred: boolean },
): string {
  const open = items?.filter(({ done }) => !done).length;
  return [
    open === undefined ? 'no PRD.md' : `${open} of ${items?.length} open`,
    ...(place > 0 ? [`ranked ${place}`] : []),
    ...(isPreferred ? ['preferred'] : []),
  ].join(', ');
}

/** What is open of its PRD.md, a P0 before a P1, that before the rest. */
export function needOf({ items }: Pick<Scenario, 'items'>): number {
  return items === null ? WITHOUT_PRD : (openShare(items) ?? WITHOUT_PRD);
}
