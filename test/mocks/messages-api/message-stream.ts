import type { ContentBlock, MessageBody } from './message-body.ts';

/** The server-sent events of an answer, in order. */
export function messageStream(message: MessageBody): string[] {
  return [
    ...streamStart(message),
    ...message.content.flatMap(blockEvents),
    serverSentEvent('message_delta', {
      delta: { stop_reason: message.stop_reason, stop_sequence: null },
      usage: message.usage,
    }),
    serverSentEvent('message_stop', {}),
  ];
}

/** The events of an answer that breaks off in its first text. */
export function brokenStream(message: MessageBody): string[] {
  return [...streamStart(message), ...message.content.flatMap(blockEvents).slice(0, 2)];
}

function streamStart(message: MessageBody): string[] {
  const usage = { ...message.usage, output_tokens: 1 };
  return [
    serverSentEvent('message_start', {
      message: { ...message, content: [], stop_reason: null, usage },
    }),
    serverSentEvent('ping', {}),
  ];
}

function blockEvents(block: ContentBlock, index: number): string[] {
  const [opened, delta] = opening(block);
  return [
    serverSentEvent('content_block_start', { index, content_block: opened }),
    serverSentEvent('content_block_delta', { index, delta }),
    serverSentEvent('content_block_stop', { index }),
  ];
}

function opening(block: ContentBlock): [opened: object, delta: object] {
  return block.type === 'text'
    ? [
        { type: 'text', text: '' },
        { type: 'text_delta', text: block.text },
      ]
    : [
        { ...block, input: {} },
        { type: 'input_json_delta', partial_json: JSON.stringify(block.input) },
      ];
}

function serverSentEvent(type: string, data: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
}
