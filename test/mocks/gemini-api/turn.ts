import type { IncomingMessage } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import * as z from 'zod';

/** One request of an agent's conversation, read as a script wants it. */
export interface Turn {
  readonly scenario: string;
  readonly model: string;
  /** 1 for the request that brings a prompt, one more for each round of tool results since. */
  readonly step: number;
  /** All texts that were said by the user, the agent's own context included. */
  readonly userTexts: readonly string[];
  /** Requests of this scenario so far, this one included. */
  readonly request: number;
}

/** A request of `/s/<scenario>/v1beta/models/<model>:<method>`; `contents` is empty where it is none of the model's. */
export interface ApiRequest {
  readonly scenario: string;
  readonly model: string;
  readonly method: string;
  readonly contents: readonly Content[];
}

/** Rejects when it is no body of the Gemini API or breaks off. */
export async function readRequest(incoming: IncomingMessage): Promise<ApiRequest> {
  const { pathname } = new URL(incoming.url ?? '/', 'http://127.0.0.1');
  const [, scenario = '', model = '', method = ''] =
    /^\/s\/([^/]+)\/.*\/models\/([^:]+):(\w+)$/.exec(pathname) ?? [];
  const received = await readText(incoming);
  const contents = method === '' ? [] : requestBody.parse(JSON.parse(received)).contents;
  return { scenario, model, method, contents };
}

/** `request`: how many the scenario has seen, this one included. */
export function readTurn({ scenario, model, contents }: ApiRequest, request: number): Turn {
  const rounds = contents.filter(({ role }) => role !== 'model');
  const latest = rounds.findLastIndex((round) => !hasToolResult(round));
  return {
    scenario,
    model,
    step: rounds.length - latest,
    userTexts: rounds.flatMap(({ parts }) => parts.flatMap(({ text }) => text ?? [])),
    request,
  };
}

const content = z.object({
  role: z.string().optional(),
  parts: z.array(
    z.looseObject({ text: z.string().optional(), functionResponse: z.unknown().optional() }),
  ),
});

const requestBody = z.looseObject({ contents: z.array(content) });

type Content = z.infer<typeof content>;

function hasToolResult({ parts }: Content): boolean {
  return parts.some(({ functionResponse }) => functionResponse !== undefined);
}
