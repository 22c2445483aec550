#!/usr/bin/env node
// prints-bytes.mjs HEX: exactly these bytes.
process.stdout.write(Buffer.from(process.argv[2], 'hex'));
