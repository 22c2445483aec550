// Takes the lock of the folder argv[2], says `held` or why not, and lives on. argv[3] `owner`: also writes the owner file.
// argv[3] `child`: also starts a process that outlives it, and says its pid.
import { spawn } from 'node:child_process';
import { describeError } from '../../../src/domain/error.ts';
import { dataPaths } from '../../../src/stores/data-paths.ts';
import { ownerHere, writeOwner } from '../../../src/stores/owner-file.ts';
import { SqliteLoopLock } from '../../../src/stores/sqlite-loop-lock.ts';

const [, , directory = '', extra] = process.argv;
const paths = dataPaths(directory);
const lock = new SqliteLoopLock({
  name: 'demo',
  lock: paths.lock,
  owner: paths.owner,
  command: (name) => `autoloop ${name} --task demo`,
});

try {
  await lock.acquire();
  if (extra === 'owner') {
    const since = new Date().toISOString();
    writeOwner(paths.owner, ownerHere({ since, version: '0.0.0', socket: '' }));
  }
  console.log('held');
  if (extra === 'child') {
    const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
    console.log(child.pid);
  }
} catch (error) {
  console.log(JSON.stringify(describeError(error)));
}
setInterval(() => {
  lock.isHeld();
}, 1_000);
