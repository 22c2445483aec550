#!/usr/bin/env node
// Ends tidily when asked, as agents with something to save do.
process.on('SIGTERM', () => {
  console.log('asked to end');
  process.exit(0);
});
setInterval(() => {}, 1000);
console.log(`agent ${process.pid}`);
