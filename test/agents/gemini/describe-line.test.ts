import { expect, it } from 'vitest';
import { gemini } from '../../../src/agents/gemini/gemini.ts';
import { failure, init, prompt, says, success, toolResult, trouble, uses } from './gemini-lines.ts';

it.each([
  [says('\nI look at it.\nThen I go on.'), 'I look at it.'],
  [says(' \n'), null],
  [uses('replace', { file_path: 'src/x.ts', old_string: 'a' }), 'replace src/x.ts'],
  [
    uses('run_shell_command', { description: 'runs tests', command: 'npm test\nnpm run lint' }),
    'run_shell_command npm test',
  ],
  [uses('grep_search', { pattern: 'TODO', dir_path: 'src' }), 'grep_search TODO'],
  [uses('list_directory', { dir_path: 'src' }), 'list_directory src'],
  [uses('get_internal_docs'), 'get_internal_docs'],
  [uses('glob', { pattern: 7 }), 'glob'],
  [trouble('Loop detected, stopping execution', 'warning'), 'Loop detected, stopping execution'],
  [success(), 'done'],
  [failure('[API Error: nope]\nPlease wait'), 'failed: [API Error: nope]'],
  [init(), null],
  [prompt(), null],
  [toolResult({ output: 'much' }), null],
  ['{"type":"message","role":"assis', null],
  ['Ripgrep is not available.', 'Ripgrep is not available.'],
  ['', null],
])('%j reads as %j', (line, text) => {
  expect(gemini.describeLine(line)).toBe(text);
});
