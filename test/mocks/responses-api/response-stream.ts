import type { OutputItem, ResponseBody } from './response-body.ts';

/** The server-sent events of an answer, in order. */
export function responseStream(body: ResponseBody): string[] {
  return asEvents([
    ...streamStart(body),
    ...body.output.flatMap(itemEvents),
    [`response.${body.status}`, { response: body }],
  ]);
}

/** The events of an answer that stops in its first text. */
export function brokenStream(body: ResponseBody): string[] {
  return asEvents([...streamStart(body), ...body.output.flatMap(itemEvents).slice(0, 2)]);
}

type StreamEvent = readonly [type: string, data: object];

function streamStart(body: ResponseBody): StreamEvent[] {
  const response = { ...body, status: 'in_progress', output: [], usage: null, error: null };
  return [
    ['response.created', { response }],
    ['response.in_progress', { response }],
  ];
}

function itemEvents(item: OutputItem, index: number): StreamEvent[] {
  const place = { item_id: item.id, output_index: index };
  return [
    ['response.output_item.added', { output_index: index, item: begun(item) }],
    ...deltas(item).map(([type, delta]): StreamEvent => [type, { ...place, delta }]),
    ['response.output_item.done', { output_index: index, item }],
  ];
}

function begun(item: OutputItem): object {
  if (item.type === 'message') {
    return { ...item, status: 'in_progress', content: [] };
  }
  return item.type === 'function_call' ? { ...item, arguments: '' } : { ...item, input: '' };
}

function deltas(item: OutputItem): [type: string, delta: string][] {
  if (item.type === 'message') {
    return item.content.map((part) =>
      part.type === 'output_text'
        ? ['response.output_text.delta', part.text]
        : ['response.refusal.delta', part.refusal],
    );
  }
  return item.type === 'function_call'
    ? [['response.function_call_arguments.delta', item.arguments]]
    : [['response.custom_tool_call_input.delta', item.input]];
}

function asEvents(events: readonly StreamEvent[]): string[] {
  return events.map(
    ([type, data], index) =>
      `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: index, ...data })}\n\n`,
  );
}
