import type { AgentRequest } from '../../../src/agents/agent.ts';
import type { Script } from '../../mocks/messages-api/script.ts';
import type { Refusal } from './refusing-service.ts';
import type { Release } from './releases.ts';

/** One run of the real pi whose output is kept. */
export interface Play {
  /** Name of its file, without `.ndjson`. */
  readonly name: string;
  readonly service: Service;
  /** Default: the newest. */
  readonly release?: Release;
  /** What autoloop asks for; the rest as it is by default. */
  readonly request?: Partial<AgentRequest>;
  /** Behind the arguments of the plan. */
  readonly extraArgs?: readonly string[];
  /** What its user has in `settings.json`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** USD per million tokens of everything. Default: what such a model costs. */
  readonly price?: number;
  readonly signal?: NodeJS.Signals;
  /** When the signal is sent. Default: while it waits for its first answer. */
  readonly signalDuring?: 'answer' | 'tool';
  /** Where a run before it had the session that it goes on with. */
  readonly resumesFrom?: 'project' | 'elsewhere';
}

/** Whom it takes for its model: the mock by a script, ChatGPT's service refusing it, nobody, or it knows of no model. */
export type Service =
  | { readonly kind: 'messages'; readonly script: Script }
  | { readonly kind: 'chatgpt'; readonly refusal: Refusal }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'none' };
