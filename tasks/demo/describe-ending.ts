import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { EpilogueContext } from 'autoloop/task';
import { items } from './prd.ts';
import { workspaceFolder } from './workspace.ts';

/** What happened, where the files are, what to try next. */
export function describeEnding(context: EpilogueContext, standIn: boolean): string {
  const folder = workspaceFolder(context);
  if (!existsSync(join(folder, 'PRD.md'))) {
    return '';
  }
  const all = items(folder);
  const done = all.filter((item) => item.done).length;
  const shown = relative(process.cwd(), folder) || '.';
  return `${done} of ${all.length} items of the PRD are done. In each iteration the loop chose an
item, composed a prompt, ran ${standIn ? 'an agent' : context.agent} on it and read its report.${standIn ? STAND_IN : ''}
Look at it:

  cat ${shown}/PRD.md
  node ${shown}/hello.mjs --name Ada --shout

${nextStep(context, { standIn, finished: done === all.length })}`;
}

const STAND_IN = '\nThe agent was a stand-in, a script that needs no account; the rest is real.';

function nextStep(
  context: EpilogueContext,
  state: { standIn: boolean; finished: boolean },
): string {
  const { program, loop, task } = context;
  const again = `${program} run --task ${task}${loop === task ? '' : ` --name ${loop}`}`;
  if (!state.finished) {
    return `Build the rest:\n\n  ${again}${state.standIn ? '' : ` --agent ${context.agent}`}`;
  }
  return state.standIn
    ? `The same with a real agent (its account pays):\n\n  ${again} --agent claude`
    : `Now a prompt of your own:\n\n  ${program} run --prompt PROMPT.md --agent ${context.agent}`;
}
