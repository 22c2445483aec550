import { probeVersion } from '../actors/probe-version.ts';
import type { LoopPlan } from './loop-plan.ts';

/** Only an agent that is known by name can be asked: any other program might begin to work. */
export function canTellVersion({ agent, settings }: LoopPlan): boolean {
  return agent.program !== null && settings.agentCommand === null;
}

/** What the agent's program says its version is; null: it does not tell. */
export function agentVersion(program: string): Promise<string | null> {
  return probeVersion(program);
}
