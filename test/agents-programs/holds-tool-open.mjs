#!/usr/bin/env node
// holds-tool-open.mjs MS: a tool call that takes its time in silence, then a good result.
const say = (line) => console.log(JSON.stringify(line));
const content = (block) => ({ message: { id: 'm-1', content: [block] }, session_id: 's-1' });
say({ type: 'system', subtype: 'init', model: 'mock', session_id: 's-1' });
say({ type: 'assistant', ...content({ type: 'tool_use', id: 't-1', name: 'Bash', input: {} }) });
setTimeout(() => {
  say({ type: 'user', ...content({ type: 'tool_result', tool_use_id: 't-1' }) });
  say({
    type: 'result',
    subtype: 'success',
    is_error: false,
    result: 'done',
    num_turns: 1,
    permission_denials: [],
  });
}, Number(process.argv[2]));
