#!/usr/bin/env node
// prints-long-line.mjs TOKEN MODE MEGABYTES: one line of them, and one behind it; where it stays, the line has no end.
import { writeFileSync } from 'node:fs';
const [, , , mode, megabytes] = process.argv;
const chunk = Buffer.alloc(1024 * 1024, 'x');
for (let left = Number(megabytes); left > 0; left -= 1) {
  if (!process.stdout.write(chunk)) {
    await new Promise((resolve) => process.stdout.once('drain', resolve));
  }
}
writeFileSync('ready', '');
if (mode === 'leave') {
  process.stdout.write('\nbehind it\n');
} else {
  setInterval(() => {}, 1000);
}
