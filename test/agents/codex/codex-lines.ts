/** Lines as Codex prints them, with what the adapter reads of them. */
type Fields = Readonly<Record<string, unknown>>;

export const started = '{"type":"thread.started","thread_id":"thread-1"}';
export const begun = '{"type":"turn.started"}';

export function says(text: string): string {
  return item('completed', { type: 'agent_message', text });
}

/** A remark of Codex, no word of the model. */
export function remarks(message: string): string {
  return item('completed', { type: 'error', message });
}

export function runs(command: string, fields: Fields = {}): string {
  return item('started', {
    type: 'command_execution',
    command: `/bin/bash -lc '${command}'`,
    aggregated_output: '',
    exit_code: null,
    status: 'in_progress',
    ...fields,
  });
}

export function ran(fields: Fields = {}): string {
  return item('completed', {
    type: 'command_execution',
    aggregated_output: 'ok',
    exit_code: 0,
    status: 'completed',
    ...fields,
  });
}

export function item(
  stage: 'started' | 'updated' | 'completed',
  { id = 'item_0', ...fields }: Fields,
): string {
  return JSON.stringify({ type: `item.${stage}`, item: { id, ...fields } });
}

export function completed(usage: Fields = {}): string {
  return JSON.stringify({
    type: 'turn.completed',
    usage: { input_tokens: 1000, cached_input_tokens: 0, output_tokens: 50, ...usage },
  });
}

export function failed(message: string): string {
  return JSON.stringify({ type: 'turn.failed', error: { message } });
}

export function reconnects(message: string): string {
  return JSON.stringify({ type: 'error', message: `Reconnecting... 1/5 (${message})` });
}
