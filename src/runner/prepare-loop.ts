import { resolve } from 'node:path';
import type { Equipment, EquipmentRequest } from '../actors/loop-world.ts';
import type { Agent } from '../agents/agent.ts';
import { findAgent } from '../agents/find-agent.ts';
import { resolveProgram } from '../config/resolve-program.ts';
import { resolveSettings, type SettingSources } from '../config/resolve-settings.ts';
import { SETTINGS, settingNames } from '../config/setting-definitions.ts';
import { readUserConfig } from '../config/user-config.ts';
import { splitTaskEnv, workerEnvironment } from '../config/worker-environment.ts';
import { AutoloopError, EXIT } from '../domain/error.ts';
import type { Settings } from '../domain/settings.ts';
import { collectSecrets, hasUrlUserinfo, isSecretLikeName } from '../redaction/known-secrets.ts';
import { createRedactor } from '../redaction/redactor.ts';
import { loadTask } from '../task/load-task.ts';
import { findInstallation } from './installation.ts';
import { locateLoop, promptFileOf } from './locate-loop.ts';
import type { LoopPlan } from './loop-plan.ts';
import type { LoopRequest } from './loop-request.ts';

/** Decides everything about a loop and touches nothing. Throws AutoloopError 150, 151 or 155. */
export async function prepareLoop(request: LoopRequest): Promise<LoopPlan> {
  const { environment, cwd } = request;
  const place = locateLoop(request);
  const shippedDir = findInstallation().shippedTasks;
  const task = await loadTask({ name: place.task, root: place.root, shippedDir });
  const sources: SettingSources = {
    flags: request.flags,
    environment,
    task: { name: task.name, defaults: { ...task.definition.defaults } },
    user: readUserConfig(environment),
  };
  const { settings, resolved } = resolveSettings(sources, idleTimeoutOf);
  const agent = findAgent(settings.agent);
  checkPermissionMode(agent, settings);
  const secrets = collectSecrets(environment);
  const promptFile = promptFileOf(request);
  return {
    loop: place.loop,
    ...{ task, agent, settings, resolved, environment, secrets },
    promptFile: promptFile === null ? null : resolve(cwd, promptFile),
    asked: askedFor(request),
    root: place.root,
    workspace: place.workspace,
    dataDirectory: place.dataDirectory,
    redactor: createRedactor(secrets),
    account: agent.account(environment),
    equip: (attempt) => equip({ sources, agent, workspace: place.workspace }, attempt),
    resolveProgram: (file, env) => resolveProgram(file, { environment: env, cwd }),
  };
}

function askedFor({ prompt, workspace, flags, cwd }: LoopRequest): Record<string, string> {
  const asked: Record<string, string> = {};
  for (const [name, path] of Object.entries({ prompt, workspace })) {
    if (path !== null) {
      asked[name] = resolve(cwd, path);
    }
  }
  for (const name of settingNames) {
    const text = flags[name];
    if (text !== undefined) {
      asked[SETTINGS[name].flag] = text;
    }
  }
  return asked;
}

function checkPermissionMode(agent: Agent, { permissionMode }: Settings): void {
  const allowed = agent.permissionModes;
  if (allowed && !allowed.includes(permissionMode)) {
    throw new AutoloopError({
      code: EXIT.configuration,
      message: `The agent ${agent.name} has no permission mode "${permissionMode}".`,
      fix: `Allowed: --permission-mode ${allowed.join(' | ')}`,
    });
  }
}

interface EquipmentScope {
  readonly sources: SettingSources;
  readonly agent: Agent;
  readonly workspace: string;
}

function equip(
  { sources, agent, workspace }: EquipmentScope,
  attempt: EquipmentRequest & { readonly runId: string; readonly events: string },
): Equipment {
  const { settings: own, env: taskEnv } = splitTaskEnv(attempt.taskEnv);
  const task = { ...sources.task, defaults: { ...sources.task.defaults, ...own } };
  const { settings } = resolveSettings({ ...sources, task }, idleTimeoutOf);
  const plan = agent.plan(agentRequest(settings));
  const { env, withheld } = workerEnvironment({
    environment: sources.environment,
    looksSecret: (name, value) => isSecretLikeName(name) || hasUrlUserinfo(value),
    login: agent.loginVariables,
    passEnv: settings.passEnv,
    agentEnv: plan.env,
    taskEnv,
    facts: {
      AUTOLOOP_TASK: task.name,
      AUTOLOOP_RUN_ID: attempt.runId,
      AUTOLOOP_ITERATION: String(attempt.iteration),
      AUTOLOOP_ATTEMPT: String(attempt.attempt),
      AUTOLOOP_ATTEMPT_ID: attempt.attemptId,
      AUTOLOOP_TARGET: attempt.target ?? '',
      AUTOLOOP_WORKSPACE: workspace,
      AUTOLOOP_EVENTS: attempt.events,
    },
  });
  return { settings, plan, env, withheld };
}

function agentRequest(settings: Settings) {
  const { maxTurns, model, allowedTools, permissionMode, timeout } = settings;
  const asRoot = process.getuid?.() === 0;
  return {
    ...{ maxTurns, model, allowedTools, permissionMode, asRoot, timeoutMs: timeout * 1000 },
    ...{ resumes: null, budgetUsd: null },
  };
}

function idleTimeoutOf(agent: string): number {
  return findAgent(agent).idleTimeoutSeconds;
}
