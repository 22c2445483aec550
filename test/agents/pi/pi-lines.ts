/** Lines as pi prints them, with what the adapter reads of them. */
type Fields = Readonly<Record<string, unknown>>;

export const session = JSON.stringify({ type: 'session', version: 3, id: 'session-1' });
export const begins = event('agent_start');
export const turns = event('turn_start');
export const settled = event('agent_settled', { aborted: false });

export function event(type: string, fields: Fields = {}): string {
  return JSON.stringify({ type, ...fields });
}

/** A whole answer of the model. */
export function answer(text: string, fields: Fields = {}): string {
  return event('message_end', { message: message(text, fields) });
}

/** A part of an answer, as versions from 1 on tell it. */
export function partOfAnswer(fields: Fields): string {
  return event('message_update', { usage: usage(fields), assistantMessageEvent: {} });
}

export function message(text: string, fields: Fields = {}): Fields {
  const content = text === '' ? [] : [{ type: 'text', text }];
  return {
    ...{ role: 'assistant', content, model: 'some-model', usage: usage() },
    ...{ stopReason: 'stop', responseId: 'response-1', ...fields },
  };
}

export function usage({ total = 0.5, ...fields }: Fields = {}): Fields {
  return { input: 10, output: 5, cacheRead: 0, cacheWrite: 0, cost: { total }, ...fields };
}

/** What pi says in an answer's place. */
export function failure(errorMessage: unknown, fields: Fields = {}): string {
  const nothing = usage({ input: 0, output: 0, total: 0 });
  return answer('', { stopReason: 'error', errorMessage, usage: nothing, ...fields });
}

export function ends(fields: Fields = { willRetry: false }): string {
  return event('agent_end', { messages: [], ...fields });
}

/** A run that comes to this. */
export function runOf(...lines: readonly string[]): readonly string[] {
  return [session, begins, turns, ...lines, ends(), settled];
}

export function tool(phase: 'start' | 'update' | 'end', toolCallId: string): string {
  return event(`tool_execution_${phase}`, { toolCallId, toolName: 'bash' });
}
