/** Lines as Gemini CLI prints them, with what the adapter reads of them. */
type Fields = Readonly<Record<string, unknown>>;

export function init(fields: Fields = {}): string {
  return JSON.stringify({
    type: 'init',
    session_id: 'session-1',
    model: 'gemini-some',
    ...fields,
  });
}

export function prompt(content = 'Improve notes.md.\n'): string {
  return JSON.stringify({ type: 'message', role: 'user', content });
}

export function says(content: string): string {
  return JSON.stringify({ type: 'message', role: 'assistant', content, delta: true });
}

export function uses(toolName: string, { id = 'tool-1', ...parameters }: Fields = {}): string {
  return JSON.stringify({ type: 'tool_use', tool_name: toolName, tool_id: id, parameters });
}

export function toolResult({ id = 'tool-1', ...fields }: Fields = {}): string {
  return JSON.stringify({ type: 'tool_result', tool_id: id, status: 'success', ...fields });
}

/** The result of a tool that was not allowed, or failed. */
export function toolError(type: string, message = 'no'): string {
  return toolResult({ status: 'error', error: { type, message } });
}

export function trouble(message: string, severity = 'error'): string {
  return JSON.stringify({ type: 'error', severity, message });
}

export function success(fields: Fields = {}): string {
  return JSON.stringify({ type: 'result', status: 'success', stats: stats(), ...fields });
}

/** Refusals of the service have type `unknown`. */
export function failure(message: string, type = 'unknown'): string {
  return success({ status: 'error', error: { type, message } });
}

export function stats(fields: Fields = {}): Fields {
  return {
    total_tokens: 1060,
    input_tokens: 1000,
    output_tokens: 50,
    cached: 400,
    input: 600,
    ...fields,
  };
}
