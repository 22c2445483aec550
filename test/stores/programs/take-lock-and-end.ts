// Takes the lock of the folder argv[2] and has nothing more to do.
import { dataPaths } from '../../../src/stores/data-paths.ts';
import { SqliteLoopLock } from '../../../src/stores/sqlite-loop-lock.ts';

const { lock, owner } = dataPaths(process.argv[2] ?? '');
await new SqliteLoopLock({ name: 'demo', lock, owner, command: () => '' }).acquire();
console.log('held');
