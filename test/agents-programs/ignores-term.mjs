#!/usr/bin/env node
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
  process.on(signal, () => console.log(`ignored ${signal}`));
}
setInterval(() => {}, 1000);
console.log(`agent ${process.pid}`);
