import { resolve } from 'node:path';
import type { Equipment, EquipmentRequest } from '../actors/loop-world.ts';
import type { AgentRequest } from '../agents/agent.ts';
import { agentFacts } from '../agents/agent-facts.ts';
import { resolveProgram } from '../config/resolve-program.ts';
import { resolveSettings, type SettingSources } from '../config/resolve-settings.ts';
import type { SettingDefinition } from '../config/setting-definition.ts';
import { SETTINGS, settingNames } from '../config/setting-definitions.ts';
import { readUserConfig } from '../config/user-config.ts';
import { bareEnvironment, splitTaskEnv, workerEnvironment } from '../config/worker-environment.ts';
import type { SettingName, Settings } from '../domain/settings.ts';
import { collectSecrets, hasUrlUserinfo, isSecretLikeName } from '../redaction/known-secrets.ts';
import { createRedactor } from '../redaction/redactor.ts';
import { readOwnSettings, type OwnSettings } from '../task/own-settings.ts';
import type { Task } from '../task/task.ts';
import { checkAgentChoice, chooseAgents, firstChoice, sourcesFor } from './choose-agents.ts';
import { loadLoopTask } from './load-loop-task.ts';
import { checkMode, taskDefaults } from './task-modes.ts';
import { locateLoop, promptFileOf } from './locate-loop.ts';
import type { LoopPlan } from './loop-plan.ts';
import { notifySecrets } from './notify-secrets.ts';
import type { LoopRequest } from './loop-request.ts';

/** Decides everything about a loop and touches nothing. Throws AutoloopError 150, 151 or 155. */
export async function prepareLoop(request: LoopRequest): Promise<LoopPlan> {
  const { environment, cwd } = request;
  const place = locateLoop(request);
  const loaded = await loadLoopTask(request, place);
  const sources: SettingSources = {
    flags: request.flags,
    environment,
    task: { name: loaded.name, defaults: taskDefaults(loaded.definition) },
    user: readUserConfig(environment),
  };
  const { settings, resolved } = resolveSettings(sources, idleTimeoutOf);
  const task = { ...loaded, own: ownSettingsOf(loaded, resolved) };
  checkMode(task, settings.mode);
  const agents = await chooseAgents(settings, cwd);
  agents.forEach((choice) => checkAgentChoice(choice, settings));
  const { agent } = firstChoice(agents);
  const secrets = [...collectSecrets(environment), ...notifySecrets(settings.notify)];
  const promptFile = promptFileOf(request);
  return {
    loop: place.loop,
    ...{ task, agent, agents, settings, resolved, environment, secrets },
    promptFile: promptFile === null ? null : resolve(cwd, promptFile),
    asked: askedFor(request),
    root: place.root,
    workspace: place.workspace,
    dataDirectory: place.dataDirectory,
    redactor: createRedactor(secrets),
    account: agent.account(environment),
    equip: (attempt) =>
      equip({ sources, preferred: agent.name, workspace: place.workspace }, attempt),
    bareEnvironment: () => bareEnvironment({ environment, looksSecret, asked: [] }).env,
    settingsFor: (name) =>
      resolveSettings(sourcesFor(sources, { preferred: agent.name, agent: name }), idleTimeoutOf)
        .settings,
    resolveProgram: (file, env) => resolveProgram(file, { environment: env, cwd }),
  };
}

function ownSettingsOf({ name, definition }: Task, resolved: LoopPlan['resolved']): OwnSettings {
  const written = resolved.find((one) => one.name === 'taskSettings');
  const { value = null, from = '', source } = written ?? {};
  // What the user sets for every project is no slip where a task has none.
  const isMeant = definition.settings !== undefined || source !== 'user';
  const text = value === null || !isMeant ? null : String(value);
  return readOwnSettings({ task: name, schema: definition.settings, text, from });
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
    const { flag, mask }: SettingDefinition = SETTINGS[name];
    if (text !== undefined) {
      const written = PATHS.includes(name) ? resolve(cwd, text) : text;
      asked[flag] = mask?.(written) ?? written;
    }
  }
  return asked;
}

/** Whoever goes on with a run may do so from another folder. */
const PATHS: readonly SettingName[] = ['metricsFile', 'priceTable'];

interface EquipmentScope {
  readonly sources: SettingSources;
  readonly preferred: string;
  readonly workspace: string;
}

function equip(
  { sources: all, preferred, workspace }: EquipmentScope,
  attempt: EquipmentRequest & { readonly runId: string; readonly events: string },
): Equipment {
  const { agent } = attempt;
  const sources = sourcesFor(all, { preferred, agent: agent.name });
  const { settings: own, env: taskEnv } = splitTaskEnv(attempt.taskEnv);
  const task = { ...sources.task, defaults: { ...sources.task.defaults, ...own } };
  const { settings } = resolveSettings({ ...sources, task }, idleTimeoutOf);
  const plan = agent.plan(agentRequest(settings, attempt));
  const { env, withheld } = workerEnvironment({
    environment: sources.environment,
    looksSecret,
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

export function looksSecret(name: string, value: string): boolean {
  return isSecretLikeName(name) || hasUrlUserinfo(value);
}

function agentRequest(settings: Settings, { resumes, budget }: EquipmentRequest): AgentRequest {
  const { maxTurns, model, allowedTools, permissionMode, timeout } = settings;
  const asRoot = process.getuid?.() === 0;
  return {
    ...{ maxTurns, model, allowedTools, permissionMode, asRoot, timeoutMs: timeout * 1000 },
    ...{ resumes, budgetUsd: budget.costUsd },
  };
}

function idleTimeoutOf(agent: string): number {
  return agentFacts(agent).idleTimeoutSeconds;
}
