import { join } from 'node:path';
import {
  defineTask,
  fewAtOnce,
  folderFigures,
  gatesFor,
  reportInstructions,
  sumOf,
} from 'autoloop/task';
import { describeTarget } from './describe-target.ts';
import { ensureStarted } from './ensure-started.ts';
import { offerOf, scoring } from './offer.ts';
import {
  findService,
  findServices,
  listedServices,
  type Service,
} from './services/find-services.ts';
import { settings, type ResourceSettings } from './settings.ts';

export default defineTask<ResourceSettings>({
  description: 'Improves services, broken ones first',
  defaults: { timeout: 2700 },
  settings,
  scoring,
  // A worker that does not know its service is not worth its money.
  onFailure: { buildHelperContext: 'skip' },

  async checkWorkerAvailable(context) {
    try {
      await listedServices(context);
      return true;
    } catch (error) {
      return { available: false, reason: error instanceof Error ? error.message : String(error) };
    }
  },

  async targets(context) {
    const services = await findServices(context);
    return fewAtOnce(services, (service) => offerOf(context, service));
  },

  async buildHelperContext(context) {
    const { target } = context;
    const service = target === null ? undefined : await findService(context, target);
    if (target !== null && service === undefined) {
      throw new Error(`the service "${target}" is not among the others any more`);
    }
    const facts = service === undefined ? '' : `${await describeTarget(context, service)}\n\n`;
    return `${facts}${reportInstructions}`;
  },

  gates: (context) =>
    gatesFor(context, {
      command: context.own.validate,
      timeoutSeconds: context.own.validateTimeout,
    }),

  /** All have graduated, or all run and nothing is open. One that work was done on just now is started after this. */
  async isComplete(context) {
    const { own, target, outcome, workspace } = context;
    if (target === null) {
      return outcome === 'no_change';
    }
    if (outcome !== 'succeeded' && outcome !== 'no_change') {
      return false;
    }
    if (!(await haveNothingOpen(workspace, await listedServices(context)))) {
      return false;
    }
    return (await findServices(context)).every(
      ({ name, enabled, running }) =>
        !enabled || running !== false || (name === target && own.start !== ''),
    );
  },

  afterIteration: ensureStarted,

  async measure(context) {
    const { target, outcome, workspace } = context;
    const services = await listedServices(context);
    const folder = services.find(({ name }) => name === target)?.folder ?? null;
    return {
      prd: sumOf(await figuresOf(workspace, services)),
      resourcesImproved: outcome === 'succeeded' ? 1 : 0,
      ...healthOf(services),
      ...(folder === null ? {} : { ownPaths: [folder] }),
    };
  },
});

/** Of the enabled ones that are known to run or not, as their list tells. */
function healthOf(services: readonly Service[]) {
  const known = services.filter(({ enabled, running }) => enabled && running !== null);
  const healthy = known.filter(({ running }) => running === true).length;
  return known.length === 0 ? {} : { resourcesHealthy: { healthy, total: known.length } };
}

/** Of those that have a folder. */
async function figuresOf(workspace: string, services: readonly Service[]) {
  const folders = services.flatMap(({ folder }) => folder ?? []);
  return fewAtOnce(folders, (folder) => folderFigures(join(workspace, folder)));
}

/** What has no PRD.md with checkboxes is never known to be done. */
async function haveNothingOpen(workspace: string, services: readonly Service[]): Promise<boolean> {
  const enabled = services.filter((service) => service.enabled);
  const all = await figuresOf(workspace, enabled);
  return (
    all.length > 0 &&
    all.length === enabled.length &&
    all.every(({ done, total }) => total > 0 && done === total)
  );
}
