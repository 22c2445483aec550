import { join } from 'node:path';
import {
  folderFigures,
  namesIn,
  qualityOf,
  type SelectionContext,
  type TargetOffer,
} from 'autoloop/task';
import type { Service } from './services/find-services.ts';
import type { ResourceSettings } from './settings.ts';

/** What does not run comes before what runs, and that before what is disabled. */
export const PRIORITIES = { down: 0.6, running: 0, disabled: -0.6 } as const;
const PREFERRED = 0.15;

/**
 * With these weights all else together (at most 11 points, until one waited for far too long) does not outweigh the state
 * of a service (12 points); a wish counts within the same state.
 */
export const scoring = { weights: { priority: 20 }, cooldownIterations: 1 } as const;

export function stateOf({ enabled, running }: Service): keyof typeof PRIORITIES {
  if (!enabled) {
    return 'disabled';
  }
  return running === false ? 'down' : 'running';
}

/** A service as it is offered for work. */
export async function offerOf(
  context: SelectionContext<ResourceSettings>,
  service: Service,
): Promise<TargetOffer> {
  const { own, workspace, history } = context;
  const { folder } = service;
  const figures = folder === null ? null : await folderFigures(join(workspace, folder));
  const { done, total, openShare } = figures ?? { done: 0, total: 0, openShare: null };
  const state = stateOf(service);
  const wish = namesIn(own.prefer).includes(service.name) ? PREFERRED : 0;
  const record = Object.hasOwn(history, service.name) ? history[service.name] : undefined;
  return {
    name: service.name,
    need: needOf(state, openShare),
    priority: PRIORITIES[state] + wish,
    reason: reasonOf(service, { own, open: total - done, wish }),
    maturity: {
      completion: total === 0 ? null : done / total,
      quality: state === 'down' ? 0 : own.validate === '' ? null : qualityOf(record),
      documentation: figures?.documentation ?? null,
    },
  };
}

interface Reasons {
  readonly own: ResourceSettings;
  /** Items of its PRD.md. */
  readonly open: number;
  readonly wish: number;
}

function reasonOf(service: Service, { own, open, wish }: Reasons): string {
  const words = stateWords(service, own);
  return [
    service.state === null || service.state === words ? words : `${words} (${service.state})`,
    ...(open > 0 ? [`${open} open in PRD.md`] : []),
    ...(wish > 0 ? ['preferred'] : []),
  ].join(', ');
}

function stateWords(service: Service, { status }: ResourceSettings): string {
  const state = stateOf(service);
  if (state === 'running' && service.running === null) {
    return status === '' ? 'enabled' : 'status unknown';
  }
  return WORDS[state];
}

const WORDS = { down: 'not running', running: 'running', disabled: 'disabled' };

/** A service without a PRD.md may always be made a bit better. */
function needOf(state: keyof typeof PRIORITIES, open: number | null): number {
  return state === 'down' ? 1 : 0.1 + 0.7 * (open ?? 0.4);
}
