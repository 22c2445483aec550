import { expect, it } from 'vitest';
import { codex } from '../../../src/agents/codex/codex.ts';
import {
  begun,
  completed,
  failed,
  item,
  ran,
  reconnects,
  remarks,
  runs,
  says,
  started,
} from './codex-lines.ts';

it.each([
  [says('\nI look at it.\nThen I go on.'), 'I look at it.'],
  [runs('npm test'), 'shell npm test'],
  [runs('x', { command: 'make' }), 'shell make'],
  [ran(), null],
  [
    item('started', {
      type: 'file_change',
      changes: [
        { path: '/home/dev/project/src/x.ts', kind: 'update' },
        { path: 'y.ts', kind: 'add' },
      ],
      status: 'in_progress',
    }),
    'update …/project/src/x.ts, add y.ts',
  ],
  [item('started', { type: 'mcp_tool_call', server: 'docs', tool: 'search' }), 'docs search'],
  [item('started', { type: 'collab_tool_call', tool: 'spawn_agent' }), 'spawn_agent'],
  [item('started', { type: 'web_search', query: 'node 24' }), 'web_search node 24'],
  [item('completed', { type: 'reasoning', text: 'hm' }), null],
  [item('updated', { type: 'todo_list', items: [] }), null],
  [remarks('Model metadata not found.'), 'Model metadata not found.'],
  [reconnects('Connection failed'), 'Reconnecting... 1/5 (Connection failed)'],
  [completed(), 'done'],
  [failed('Quota exceeded.'), 'failed: Quota exceeded.'],
  [started, null],
  [begun, null],
  ['{"type":"item.completed","item":{"ty', null],
  ['', null],
  ['Error: no rollout found', 'Error: no rollout found'],
])('describes %j as %j', (line, words) => {
  expect(codex.describeLine(line)).toBe(words);
});

it('lets nothing steer the terminal', () => {
  expect(codex.describeLine(says('\u001B[2Jgone'))).toBe('gone');
});
