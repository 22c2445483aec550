import { expect, it } from 'vitest';
import { pi } from '../../../src/agents/pi/pi.ts';
import { answer, ends, event, failure, message, session } from './pi-lines.ts';

it.each([
  [answer('\nI look at it.\nThen I go on.'), 'I look at it.'],
  [uses('bash', { command: 'npm test\nnpm run lint' }), 'bash npm test'],
  [uses('edit', { path: 'src/x.ts', edits: [] }), 'edit src/x.ts'],
  [uses('grep', { pattern: 'TODO', path: 'src' }), 'grep TODO'],
  [uses('ask_oracle', {}), 'ask_oracle'],
  [failure('401 {"error":{"message":"invalid x-api-key"}}'), 'failed: invalid x-api-key'],
  [failure('Connection error.'), 'failed: Connection error.'],
  [ends({ messages: [message('Done.')], willRetry: false }), 'done'],
  [ends({ messages: [message('', { stopReason: 'error' })], willRetry: true }), null],
  [ends({ messages: 'none' }), null],
  [answer('', { content: [{ type: 'toolCall', name: 'bash' }] }), null],
  [event('message_end', { message: { role: 'user', content: 'Improve it.' } }), null],
  [session, null],
  ['{"type":"message_end","mess', null],
  ['', null],
  ['Warning: No models match pattern', 'Warning: No models match pattern'],
])('describes %j as %j', (line, words) => {
  expect(pi.describeLine(line)).toBe(words);
});

it('lets nothing steer the terminal', () => {
  expect(pi.describeLine(answer('\u001B[2Jgone'))).toBe('gone');
});

function uses(toolName: string, args: object): string {
  return event('tool_execution_start', { toolCallId: 'a', toolName, args });
}
