#!/usr/bin/env node
// Notices of retries and nothing else: bytes, yet no sign of life.
console.log(JSON.stringify({ type: 'system', subtype: 'init', model: 'mock', session_id: 's-1' }));
setInterval(
  () => console.log(JSON.stringify({ type: 'system', subtype: 'api_retry', attempt: 1 })),
  20,
);
