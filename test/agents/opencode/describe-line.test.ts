import { expect, it } from 'vitest';
import { opencode } from '../../../src/agents/opencode/opencode.ts';
import { failure, goOn, refusal, says, stepFinish, stepStart, used } from './opencode-lines.ts';

it.each([
  [says('\nI look at it.\nThen I go on.'), 'I look at it.'],
  [says(''), null],
  [goOn(), null],
  [used('edit', { input: { filePath: 'src/x.ts', oldString: 'a' } }), 'edit src/x.ts'],
  [used('read', { input: { filePath: '/home/dev/project/src/x.ts' } }), 'read …/project/src/x.ts'],
  [
    used('bash', { input: { command: 'npm test\nnpm run lint', description: 'tests' } }),
    'bash npm test',
  ],
  [used('grep', { input: { pattern: 'TODO', path: 'src' } }), 'grep TODO'],
  [used('todowrite'), 'todowrite'],
  [
    used('bash', { input: { command: 'rm x\nrm y' }, status: 'error', error: 'refused\nreally' }),
    'bash rm x failed: refused',
  ],
  [refusal(401, { message: 'invalid x-api-key' }), 'failed: invalid x-api-key'],
  [failure('MessageAbortedError'), 'failed: MessageAbortedError'],
  [stepStart(), null],
  [stepFinish('stop'), null],
  ['{"type":"text","part":{"te', null],
  ['', null],
  [
    'timestamp=2026-11-27T23:05:43.570Z level=ERROR run=9ea3ce44 message="stream error" error.error="AI_APICallError: it said \\"no\\""',
    'AI_APICallError: it said \\"no\\"',
  ],
  ['\u001B[91m\u001B[1mError: \u001B[0mSession not found', 'Error: Session not found'],
])('%s reads %j', (line, words) => {
  expect(opencode.describeLine(line)).toBe(words);
});

it('cuts what is too long for one line', () => {
  expect(opencode.describeLine(says('x'.repeat(500)))).toHaveLength(200);
});
