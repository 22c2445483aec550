import { join } from 'node:path';
import { defineTask, prdCompletion, reportInstructions, type TaskContext } from 'autoloop/task';
import { describeEnding } from './describe-ending.ts';
import { items, openItems } from './prd.ts';
import { ensureWorkspace, workspaceFolder } from './workspace.ts';

export default defineTask({
  description:
    'Builds a tiny program item by item, with a stand-in agent: needs no account and no network',
  defaults: { max: 3, interval: 2, maxTurns: 20, agent: 'command' },

  selectTarget(context) {
    const open = openItems(ensureWorkspace(context));
    return { target: open[0] ?? null, candidates: open };
  },

  buildHelperContext: (context) => {
    const item =
      context.target === null ? '' : `This iteration's item of PRD.md: ${context.target}\n\n`;
    return `${item}${reportInstructions}`;
  },

  runWorker(context) {
    ensureWorkspace(context);
    const cwd = workspaceFolder(context);
    const args = [join(context.taskDir, 'stand-in-agent.mjs')];
    return usesStandIn(context) ? { command: process.execPath, args, cwd } : { cwd };
  },

  measure(context) {
    return { prd: prdCompletion(items(ensureWorkspace(context))) };
  },

  epilogue: (context) => describeEnding(context, usesStandIn(context)),
});

/** Any agent that was asked for takes its place. */
function usesStandIn(context: TaskContext): boolean {
  return context.agent === 'command' && context.settings.agentCommand === null;
}
