import {
  namesIn,
  qualityOf,
  type FolderFigures,
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
export function offerOf(
  context: SelectionContext<ScenarioSettings>,
  { name, figures }: Scenario,
  ranked: readonly string[],
): TargetOffer {
  const { own, history } = context;
  const place = ranked.indexOf(name);
  const rank = place === -1 ? 0 : (RANKED * (ranked.length - place)) / ranked.length;
  const wish = namesIn(own.prefer).includes(name) ? PREFERRED : 0;
  const record = Object.hasOwn(history, name) ? history[name] : undefined;
  return {
    name,
    need: needOf(figures),
    priority: rank + wish,
    reason: reasonOf(figures, { place: place + 1, isPreferred: wish > 0 }),
    maturity: {
      completion: figures.total === 0 ? null : figures.done / figures.total,
      quality: own.validate === '' ? null : qualityOf(record),
      documentation: figures.documentation,
    },
  };
}

function reasonOf(
  { hasPrd, done, total }: FolderFigures,
  { place, isPreferred }: { place: number; isPreferred: boolean },
): string {
  return [
    hasPrd ? `${total - done} of ${total} open` : 'no PRD.md',
    ...(place > 0 ? [`ranked ${place}`] : []),
    ...(isPreferred ? ['preferred'] : []),
  ].join(', ');
}

/** What is open of its PRD.md, a P0 before a P1, that before the rest. */
export function needOf({ openShare }: Pick<FolderFigures, 'openShare'>): number {
  return openShare ?? WITHOUT_PRD;
}
