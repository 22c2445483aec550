import type { Server } from 'node:http';
import type { HeldReply } from './held-reply.ts';
import { listenOnLoopback } from './listen-on-loopback.ts';
import type { Script } from './script.ts';
import type { Stage } from './stage.ts';

/** A mock of a model's service on 127.0.0.1, in this process. */
export interface ModelApi<Turn, Reply> extends AsyncDisposable {
  /** The agent's base URL; its path chooses the scenario. */
  url(scenario: string): string;
  /** The requests of agents at work so far, retries included; `step` 1 is a prompt. */
  readonly turns: readonly Turn[];
  /** Writes a scenario, or rewrites a built-in one. */
  script(scenario: string, script: Script<Turn, Reply>): void;
  /** Keeps the next turn of a scenario waiting until the test releases it; several holds take one turn each, in order. */
  hold(scenario: string): HeldReply<Turn, Reply>;
  /** Ends every open connection. */
  close(): Promise<void>;
}

/** `basePath` is what the base URL ends with after the scenario. */
export async function openModelApi<Turn extends { readonly scenario: string }, Reply>(
  server: Server,
  { stage, basePath = '' }: { readonly stage: Stage<Turn, Reply>; readonly basePath?: string },
): Promise<ModelApi<Turn, Reply>> {
  const { origin, close } = await listenOnLoopback(server);
  return {
    url: (scenario) => `${origin}/s/${scenario}${basePath}`,
    turns: stage.turns,
    script: (scenario, script) => stage.script(scenario, script),
    hold: (scenario) => stage.hold(scenario),
    close,
    [Symbol.asyncDispose]: close,
  };
}
