#!/usr/bin/env node
// eats-memory.mjs TOKEN MODE MEGABYTES: takes 20 MB more every few milliseconds, up to that.
const [, , , mode, megabytes] = process.argv;
const kept = [];
const timer = setInterval(() => {
  kept.push(Buffer.alloc(20 * 2 ** 20, 1));
  if (kept.length * 20 >= Number(megabytes)) {
    clearInterval(timer);
    console.log('ready');
    if (mode === 'stay') {
      setTimeout(() => {}, 600_000);
    }
  }
}, 10);
