import { describeError } from '../../../src/domain/error.ts';
import { dataPaths } from '../../../src/stores/data-paths.ts';
import { WRITERS } from '../writers.ts';

/** Writes everything a second time, and prints what came of each. */
const [directory = ''] = process.argv.slice(2);
const paths = dataPaths(directory);
const told = WRITERS.map(({ name, file, write }) => {
  try {
    write(paths, 2);
    return { name, file: file(paths), error: null };
  } catch (error) {
    return { name, file: file(paths), error: describeError(error) };
  }
});
process.stdout.write(`${JSON.stringify(told)}\n`);
