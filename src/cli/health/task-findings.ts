import { describeError } from '../../domain/error.ts';
import { agentVersion, canTellVersion } from '../../runner/agent-version.ts';
import { checkRepository } from '../../runner/check-repository.ts';
import { loadLoopTask } from '../../runner/load-loop-task.ts';
import type { LoopPlace } from '../../runner/locate-loop.ts';
import type { LoopPlan } from '../../runner/loop-plan.ts';
import type { LoopRequest } from '../../runner/loop-request.ts';
import { namespaceFor, probeNamespace } from '../../runner/probe-namespace.ts';
import { checkAgent, checkPrompt, checkWorker, checkWorkspace } from '../../runner/preflight.ts';
import { prepareLoop } from '../../runner/prepare-loop.ts';
import { hasHook } from '../../task/task.ts';
import { gateInTheWay } from '../../runner/gate-in-the-way.ts';
import { gateWords } from '../status/gate-words.ts';
import { attempted } from './attempted.ts';
import { fail, ok, warn, type Finding } from './finding.ts';
import { notifyFindings } from './notify-findings.ts';
import { summaryModelFindings } from './summary-model-finding.ts';

/** What a run of this task needs. What depends on something that failed is not looked at. */
export async function taskFindings(request: LoopRequest, place: LoopPlace): Promise<Finding[]> {
  const task = await attempted('task', () => taskLoads(request, place));
  if (task.status === 'fail') {
    return [task];
  }
  const prepared = await prepare(request);
  if ('name' in prepared) {
    return [task, prepared];
  }
  return [task, ok('settings', 'all valid'), ...(await planFindings(prepared))];
}

async function planFindings(plan: LoopPlan): Promise<Finding[]> {
  const findings = await Promise.all([
    attempted('prompt', async () => ok('prompt', await checkPrompt(plan))),
    attempted('agent', () => agentFinding(plan)),
    attempted('account', () => accountFinding(plan)),
    attempted('worker', () => workerFinding(plan)),
    attempted('workspace', () => {
      checkWorkspace(plan);
      return ok('workspace', plan.workspace);
    }),
    attempted('checkpoint', () => checkpointFinding(plan)),
    attempted('supervision', () => supervisionFinding(plan)),
    attempted('gates', () => gatesFinding(plan)),
    ...summaryModelFindings(plan),
  ]);
  return [...findings, ...notifyFindings(plan)];
}

async function checkpointFinding(plan: LoopPlan): Promise<Finding> {
  const repository = await checkRepository(plan);
  const { checkpoint } = plan.settings;
  return ok('checkpoint', repository === null ? checkpoint : `${checkpoint}, in ${repository}`);
}

async function supervisionFinding({ settings: { supervision } }: LoopPlan): Promise<Finding> {
  const namespace = await namespaceFor(supervision);
  if (namespace !== null) {
    return ok('supervision', STRICT);
  }
  const probed = await probeNamespace();
  return supervision === 'base' || probed.namespace !== null
    ? ok('supervision', BASE)
    : warn('supervision', `${BASE}; strict cannot be had: ${probed.reason}`, WHAT_STRICT_NEEDS);
}

const STRICT =
  'strict (each worker in a PID namespace of its own, which nothing leaves; setuid programs such as sudo do not work in one made by an ordinary user)';
const BASE = 'base (process group, descendants and a sweep)';
const WHAT_STRICT_NEEDS =
  'Nothing has to be done; a worker that hides from base supervision may be left behind. Strict needs util-linux and, for an ordinary user, user namespaces.';

function gatesFinding(plan: LoopPlan): Finding {
  const gate = gateInTheWay(plan);
  return gate === null
    ? ok('gates', 'nothing is in the way of a worker')
    : warn(
        'gates',
        gateWords(gate),
        'A loop waits until that is over, or until: autoloop skip-wait',
      );
}

async function taskLoads(request: LoopRequest, place: LoopPlace): Promise<Finding> {
  const loaded = await loadLoopTask(request, place);
  return ok('task', `${loaded.name}${loaded.shipped ? ', shipped' : ''} (${loaded.file})`);
}

async function prepare(request: LoopRequest): Promise<LoopPlan | Finding> {
  try {
    return await prepareLoop(request);
  } catch (error) {
    const { message, fix } = describeError(error);
    return fail('settings', message, fix);
  }
}

async function agentFinding(plan: LoopPlan): Promise<Finding> {
  const { agent } = plan;
  const program = checkAgent(plan);
  if (program === null) {
    return ok('agent', `${agent.name}; the task says itself what to run`);
  }
  if (!canTellVersion(plan)) {
    return ok('agent', `${agent.name} (${program})`);
  }
  const version = await agentVersion(program);
  return version === null
    ? warn(
        'agent',
        `${agent.name} (${program}) does not tell its version`,
        `Try it by hand: ${program} --version`,
      )
    : ok('agent', `${agent.name} ${version} (${program})`);
}

function accountFinding({ account, agent }: LoopPlan): Finding {
  return ok('account', account ?? `none that autoloop knows of for ${agent.name}`);
}

async function workerFinding(plan: LoopPlan): Promise<Finding> {
  await checkWorker(plan);
  return ok(
    'worker',
    hasHook(plan.task, 'checkWorkerAvailable')
      ? 'the task says that one can be started'
      : 'the task has nothing against one',
  );
}
