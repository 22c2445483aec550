// Takes the lock of the folder argv[2], forgets it, and lets the garbage collector run.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { dataPaths } from '../../../src/stores/data-paths.ts';
import { SqliteLoopLock } from '../../../src/stores/sqlite-loop-lock.ts';

const { lock, owner } = dataPaths(process.argv[2] ?? '');
await new SqliteLoopLock({ name: 'demo', lock, owner, command: () => '' }).acquire();

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');
for (let round = 0; round < 5 && typeof collect === 'function'; round += 1) {
  collect();
  await new Promise(setImmediate);
}
console.log('collected');
setInterval(() => undefined, 1_000);
