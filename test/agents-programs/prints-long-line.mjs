#!/usr/bin/env node
// prints-long-line.mjs MEGABYTES: one line of them, and one behind it.
const chunk = Buffer.alloc(1024 * 1024, 'x');
for (let left = Number(process.argv[2]); left > 0; left -= 1) {
  if (!process.stdout.write(chunk)) {
    await new Promise((resolve) => process.stdout.once('drain', resolve));
  }
}
process.stdout.write('\nbehind it\n');
