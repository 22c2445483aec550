import { locateProject } from '../../config/locate-project.ts';
import { resolveSettings } from '../../config/resolve-settings.ts';
import { readUserConfig } from '../../config/user-config.ts';
import { resolveProgram } from '../../config/resolve-program.ts';
import { bareEnvironment } from '../../config/worker-environment.ts';
import type { NotifierPlan } from '../../notify/notifier-facts.ts';
import { collectSecrets } from '../../redaction/known-secrets.ts';
import { createRedactor } from '../../redaction/redactor.ts';
import { locateLoop } from '../../runner/locate-loop.ts';
import type { LoopRequest } from '../../runner/loop-request.ts';
import { notifySecrets } from '../../runner/notify-secrets.ts';
import { looksSecret, prepareLoop } from '../../runner/prepare-loop.ts';
import type { CliContext, CommandOptions } from '../cli-context.ts';
import { loopRequest } from '../loop-request.ts';

/** What a run would tell by; where no task is named or found, without what a task says. */
export async function testPlan(
  context: CliContext,
  options: CommandOptions,
): Promise<NotifierPlan> {
  const request = loopRequest(context, options);
  return isOfNoTask(request) ? planWithoutTask(request) : prepareLoop(request);
}

function isOfNoTask(request: LoopRequest): boolean {
  try {
    locateLoop(request);
    return false;
  } catch {
    return request.task === null && request.name === null;
  }
}

function planWithoutTask(request: LoopRequest): NotifierPlan {
  const { flags, environment, cwd } = request;
  const task = { name: 'test', defaults: {} };
  const user = readUserConfig(environment);
  const { settings } = resolveSettings({ flags, environment, task, user }, () => 0);
  const secrets = [...collectSecrets(environment), ...notifySecrets(settings.notify)];
  return {
    ...{ loop: 'test', task, settings, environment },
    redactor: createRedactor(secrets),
    workspace: locateProject(request).workspace,
    bareEnvironment: () => bareEnvironment({ environment, looksSecret, asked: [] }).env,
    resolveProgram: (file, env) => resolveProgram(file, { environment: env, cwd }),
  };
}
