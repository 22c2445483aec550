#!/usr/bin/env node
// Tells a good result as Claude Code does and lives on, as with a background task.
const result = {
  type: 'result',
  subtype: 'success',
  is_error: false,
  result: 'all done, ready',
  num_turns: 2,
  total_cost_usd: 0.25,
  usage: { input_tokens: 10, output_tokens: 5 },
  session_id: 's-1',
  permission_denials: [],
};
console.log(JSON.stringify({ type: 'system', subtype: 'init', model: 'mock', session_id: 's-1' }));
console.log(JSON.stringify(result));
setInterval(() => {}, 1000);
