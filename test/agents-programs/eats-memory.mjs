#!/usr/bin/env node
// Takes 20 MB more every few milliseconds, up to what it is told (MB), and stays.
const most = Number(process.argv[2]);
const kept = [];
console.log('hungry');
const timer = setInterval(() => {
  kept.push(Buffer.alloc(20 * 2 ** 20, 1));
  if (kept.length * 20 >= most) {
    clearInterval(timer);
    console.log('full');
    setTimeout(() => {}, 600_000);
  }
}, 10);
