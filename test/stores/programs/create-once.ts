// Creates the file argv[2] at the instant argv[3] (epoch ms), says whether it was first.
import { createFileOnce } from '../../../src/stores/durable-file.ts';

const [, , path = '', at = '0'] = process.argv;
while (Date.now() < Number(at)) {
  // All at once.
}
console.log(createFileOnce(path, `${process.pid}`.padEnd(100_000, '.')));
