import { expect, it } from 'vitest';
import { claude } from '../../../src/agents/claude/claude.ts';
import { apiFailure, assistant, init, says, success, toolResult, uses } from './claude-lines.ts';

it.each([
  [says('\nI look at it.\nThen I go on.'), 'I look at it.'],
  [uses('Edit', { id: 'a', input: { file_path: 'src/x.ts', old_string: 'a' } }), 'Edit src/x.ts'],
  [
    uses('Read', { id: 'a', input: { file_path: '/home/dev/project/src/x.ts' } }),
    'Read …/project/src/x.ts',
  ],
  [uses('Read', { id: 'a', input: { file_path: '/etc/hosts' } }), 'Read /etc/hosts'],
  [
    uses('Bash', {
      id: 'a',
      input: { description: 'runs tests', command: 'npm test\nnpm run lint' },
    }),
    'Bash npm test',
  ],
  [uses('Grep', { id: 'a', input: { pattern: 'TODO', path: 'src' } }), 'Grep TODO'],
  [uses('LS', { id: 'a', input: {} }), 'LS'],
  [assistant([{ type: 'thinking', thinking: 'hm' }]), null],
  [success({ result: 'All done.\nMore.' }), 'done: All done.'],
  [success({ result: '' }), 'done'],
  [apiFailure({ result: 'Invalid API key' }), 'failed: Invalid API key'],
  [
    apiFailure({ result: undefined, errors: ['Reached maximum number of turns (2)'] }),
    'failed: Reached maximum number of turns (2)',
  ],
  [init(), null],
  [toolResult('a'), null],
  ['{"type":"assistant","message":{"cont', null],
  ['', null],
  ['Warning: no stdin data received in 3s', 'Warning: no stdin data received in 3s'],
])('describes %j as %j', (line, words) => {
  expect(claude.describeLine(line)).toBe(words);
});

it('lets nothing steer the terminal', () => {
  expect(claude.describeLine(says('\u001B[2Jgone'))).toBe('gone');
});
