import { defineTask, gatesFor, reportInstructions, startTarget, sumOf } from 'autoloop/task';
import { describeTarget } from './describe-target.ts';
import { findScenarios } from './find-scenarios.ts';
import { offerOf } from './offer.ts';
import { rankScenarios } from './ranking/rank-scenarios.ts';
import { settings, type ScenarioSettings } from './settings.ts';

export default defineTask<ScenarioSettings>({
  description: 'Builds what is open in PRD.md of apps',
  defaults: { timeout: 2700 },
  settings,
  expectsChanges: true,
  // A worker that does not know its scenario is not worth its money.
  onFailure: { buildHelperContext: 'skip' },

  async checkWorkerAvailable(context) {
    try {
      await findScenarios(context);
      return true;
    } catch (error) {
      return { available: false, reason: error instanceof Error ? error.message : String(error) };
    }
  },

  async targets(context) {
    const scenarios = await findScenarios(context);
    const ranked = await rankScenarios(context, scenarios);
    return scenarios.map((scenario) => offerOf(context, scenario, ranked));
  },

  async buildHelperContext(context) {
    const { target } = context;
    const scenario = (await findScenarios(context)).find(({ name }) => name === target);
    if (target !== null && scenario === undefined) {
      throw new Error(`the scenario "${target}" is not among the others any more`);
    }
    const facts = scenario === undefined ? '' : `${await describeTarget(context, scenario)}\n\n`;
    return `${facts}${reportInstructions}`;
  },

  gates: (context) =>
    gatesFor(context, {
      command: context.own.validate,
      timeoutSeconds: context.own.validateTimeout,
    }),

  /** All have graduated, or nothing is open; what has no PRD.md with checkboxes is never known to be done. */
  async isComplete(context) {
    const { outcome, target } = context;
    if (target === null) {
      return outcome === 'no_change';
    }
    const scenarios = await findScenarios(context);
    return (
      (outcome === 'succeeded' || outcome === 'no_change') &&
      scenarios.every(({ figures: { done, total } }) => total > 0 && done === total)
    );
  },

  afterIteration: (context) => startTarget(context, context.own.start),

  async measure(context) {
    const {
      own,
      target,
      outcome,
      settings: { mode },
    } = context;
    const scenarios = await findScenarios(context);
    const folder = scenarios.find(({ name }) => name === target)?.folder ?? null;
    const isValidated = outcome === 'succeeded' && mode !== 'plan';
    return {
      prd: sumOf(scenarios.map(({ figures }) => figures)),
      ...(own.validate === '' ? {} : { scenariosValidated: isValidated ? 1 : 0 }),
      ...(folder === null ? {} : { ownPaths: [folder] }),
    };
  },
});
