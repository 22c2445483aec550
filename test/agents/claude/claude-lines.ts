/** Lines as Claude Code prints them, with what the adapter reads of them. */
type Fields = Readonly<Record<string, unknown>>;

export function init(fields: Fields = {}): string {
  return JSON.stringify({
    type: 'system',
    subtype: 'init',
    model: 'claude-some',
    session_id: 'session-1',
    ...fields,
  });
}

export function assistant(
  content: readonly Fields[],
  { id = 'message-1', ...fields }: Fields = {},
): string {
  return JSON.stringify({
    type: 'assistant',
    message: { id, content },
    parent_tool_use_id: null,
    ...fields,
  });
}

export function says(text: string, fields?: Fields): string {
  return assistant([{ type: 'text', text }], fields);
}

export function uses(name: string, { id, input = {}, ...fields }: Fields): string {
  return assistant([{ type: 'tool_use', id, name, input }], {
    id: `message-of-${String(id)}`,
    ...fields,
  });
}

export function toolResult(id: string, fields: Fields = {}): string {
  const content = [{ type: 'tool_result', tool_use_id: id, content: 'ok' }];
  return JSON.stringify({
    type: 'user',
    message: { content },
    parent_tool_use_id: null,
    ...fields,
  });
}

export function success(fields: Fields = {}): string {
  return JSON.stringify({
    type: 'result',
    subtype: 'success',
    is_error: false,
    result: 'Done.',
    num_turns: 1,
    total_cost_usd: 0.5,
    permission_denials: [],
    terminal_reason: 'completed',
    ...fields,
  });
}

/** A refusal or failure of the service: subtype `success` all the same. */
export function apiFailure(fields: Fields): string {
  return success({
    is_error: true,
    result: 'API Error',
    terminal_reason: 'api_error',
    api_error_status: null,
    ...fields,
  });
}

export function limitEvent(status: string, resetsAt: unknown): string {
  return JSON.stringify({ type: 'rate_limit_event', rate_limit_info: { status, resetsAt } });
}
