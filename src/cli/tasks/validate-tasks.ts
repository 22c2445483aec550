import { relative } from 'node:path';
import { EXIT } from '../../domain/error.ts';
import { checkPrompt } from '../../runner/preflight.ts';
import { prepareLoop } from '../../runner/prepare-loop.ts';
import { describeGates } from '../../task/describe-gates.ts';
import { hasHook, HOOK_NAMES, type Task } from '../../task/task.ts';
import type { CliContext } from '../cli-context.ts';
import { attempted } from '../health/attempted.ts';
import { ok, warn, type Finding } from '../health/finding.ts';
import { findingsTable } from '../health/findings-table.ts';
import { loopRequest } from '../loop-request.ts';
import { knownTasks } from './known-tasks.ts';
import { loadNamed } from './load-named.ts';

/**
 * Whether a task loads, its settings are ones, and it has a prompt; without a name all of the project's. Of its hooks only
 * `promptCandidates` is called. Exit code 0, or 150 where something is wrong.
 */
export async function validateTasks(context: CliContext, asked: string | null): Promise<number> {
  const known = knownTasks(context);
  const names = asked === null ? known.project : [asked];
  if (names.length === 0) {
    context.terminal.notice(`There is no task in ${known.root}: autoloop tasks new NAME`);
  }
  const checked: { name: string; checks: Finding[] }[] = [];
  for (const name of names) {
    checked.push({ name, checks: await findingsOf(context, name) });
  }
  const isRight = checked.every(({ checks }) => checks.every(({ status }) => status !== 'fail'));
  context.terminal.write(
    context.globals.json
      ? `${JSON.stringify({ ok: isRight, tasks: checked })}\n`
      : checked.map((task) => report(context, task)).join('\n'),
  );
  return isRight ? EXIT.ok : EXIT.configuration;
}

/** What depends on something that failed is not looked at. */
async function findingsOf(context: CliContext, name: string): Promise<Finding[]> {
  const module = await attempted('module', async () => {
    const task = await loadNamed(context, name);
    const hooks = HOOK_NAMES.filter((hook) => hasHook(task, hook));
    const file = relative(context.cwd, task.file);
    return ok('module', `${file} (${hooks.length === 0 ? 'no hooks' : hooks.join(', ')})`);
  });
  if (module.status === 'fail') {
    return [module];
  }
  const task = await loadNamed(context, name);
  const description = task.definition.description?.trim() ?? '';
  return [
    module,
    description === '' ? UNDESCRIBED : ok('description', description),
    ...(hasHook(task, 'gates') ? [gatesFinding(task)] : []),
    ...(await settingsAndPrompt(context, name)),
  ];
}

function gatesFinding(task: Task): Finding {
  const names = describeGates(task, '.')?.map((gate) => gate.name);
  if (names === undefined) {
    return ok('gates', 'a function says which, once the work is done');
  }
  return ok('gates', names.length === 0 ? 'an empty list' : `${names.length}: ${names.join(', ')}`);
}

const UNDESCRIBED = warn(
  'description',
  'there is none to show in: autoloop tasks list',
  "Add one sentence, as in: description: 'Fixes one failing test per iteration',",
);

async function settingsAndPrompt(context: CliContext, name: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  let plan: Awaited<ReturnType<typeof prepareLoop>> | null = null;
  findings.push(
    await attempted('settings', async () => {
      plan = await prepareLoop(requestOf(context, name));
      const own = plan.resolved.filter(({ source }) => source === 'task');
      const said = own.map(({ name: setting, value }) => `${setting}: ${String(value)}`);
      return ok('settings', said.length === 0 ? "all autoloop's" : said.join(', '));
    }),
  );
  if (plan !== null) {
    const prepared = plan;
    findings.push(
      await attempted('prompt', async () =>
        ok('prompt', relative(context.cwd, await checkPrompt(prepared))),
      ),
    );
  }
  return findings;
}

/** What the operator set for a run is no matter of the task. */
function requestOf(context: CliContext, name: string): ReturnType<typeof loopRequest> {
  const { HOME = '', PATH = '', XDG_CONFIG_HOME } = context.environment;
  const own = { HOME, PATH, ...(XDG_CONFIG_HOME === undefined ? {} : { XDG_CONFIG_HOME }) };
  return { ...loopRequest(context), task: name, name: null, prompt: null, environment: own };
}

function report(context: CliContext, task: { name: string; checks: Finding[] }): string {
  return `${task.name}\n${findingsTable(context, task.checks)}`;
}
