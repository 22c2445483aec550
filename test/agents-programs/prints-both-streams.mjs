#!/usr/bin/env node
// Lines of both streams, each written in two parts with a part of the other between.
import { writeSync } from 'node:fs';
for (let number = 0; number < 200; number += 1) {
  writeSync(1, `{"out": ${number}, `);
  writeSync(2, `{"err": ${number}, `);
  writeSync(1, '"end": true}\n');
  writeSync(2, '"end": true}\n');
}
