/** Lines as opencode prints them, with what the adapter reads of them. */
type Fields = Readonly<Record<string, unknown>>;

export function stepStart(fields: Fields = {}): string {
  return partLine('step_start', { type: 'step-start', ...fields });
}

export function says(text: string, fields: Fields = {}): string {
  return partLine('text', { type: 'text', messageID: 'message-1', text, ...fields });
}

/** As opencode tells the model to go on after it summed up its work. */
export function goOn(): string {
  return says('Continue if you have next steps.', {
    messageID: 'message-2',
    synthetic: true,
    metadata: { compaction_continue: true },
  });
}

export function used(tool: string, state: Fields = {}, fields: Fields = {}): string {
  return partLine('tool_use', {
    type: 'tool',
    tool,
    state: { status: 'completed', input: {}, output: 'ok', ...state },
    ...fields,
  });
}

export function stepFinish(reason: string, fields: Fields = {}): string {
  return partLine('step_finish', {
    type: 'step-finish',
    reason,
    tokens: { input: 1000, output: 50, reasoning: 0, cache: { read: 0, write: 0 } },
    cost: 0.5,
    ...fields,
  });
}

/** A step in which the model answers and is done. */
export function lastStep(text = 'Done.'): readonly string[] {
  return [stepStart(), says(text), stepFinish('stop')];
}

export function failure(name: string, data: Fields = {}): string {
  return line({ type: 'error', error: { name, data } });
}

/** A refusal of the model's service; `body` is its answer. */
export function refusal(status: number, { body = {}, ...data }: Fields = {}): string {
  return failure('APIError', {
    message: 'refused',
    statusCode: status,
    isRetryable: false,
    responseBody: JSON.stringify(body),
    ...data,
  });
}

export function overflow(): string {
  return failure('ContextOverflowError', { message: 'prompt is too long' });
}

function partLine(type: string, part: Fields): string {
  return line({ type, part });
}

function line(fields: Fields): string {
  return JSON.stringify({ timestamp: 1_795_000_000_000, sessionID: 'ses_1', ...fields });
}
