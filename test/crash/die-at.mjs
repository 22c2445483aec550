// Preloaded into a runner: kills it with SIGKILL at one exact write of its own, named by the environment.
//   DIE_AT_WRITE=n            at the n-th call that changes a file, before it happens
//   DIE_IN_STATE=state[#n]    when the n-th snapshot of that state is on disk, before anything is done in it
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { DIE_AT_WRITE, DIE_IN_STATE, DIE_REPORT } = process.env;
const [wantedState, wantedTime = '1'] = (DIE_IN_STATE ?? '').split('#');
let writes = 0;
let times = 0;

for (const name of [
  'writeSync',
  'renameSync',
  'linkSync',
  'fdatasyncSync',
  'fsyncSync',
  'rmSync',
  'unlinkSync',
  'writeFileSync',
]) {
  const original = fs[name];
  fs[name] = (...args) => {
    writes += 1;
    if (DIE_AT_WRITE && writes === Number(DIE_AT_WRITE)) {
      die();
    }
    const result = original(...args);
    if (name === 'renameSync' && String(args[1]).endsWith('snapshot.json')) {
      look(args[1]);
    }
    return result;
  };
}
syncBuiltinESMExports();

if (DIE_REPORT) {
  process.on('exit', () => fs.appendFileSync(DIE_REPORT, `${writes}\n`));
}

function look(path) {
  const state = dotted(JSON.parse(fs.readFileSync(path, 'utf8')).snapshot.value);
  if (DIE_REPORT) {
    fs.appendFileSync(DIE_REPORT, `${state}\n`);
  }
  if (wantedState && state === wantedState) {
    times += 1;
    if (times === Number(wantedTime)) {
      die();
    }
  }
}

function dotted(value) {
  if (typeof value === 'string') {
    return value;
  }
  const [[name, inner]] = Object.entries(value);
  return `${name}.${dotted(inner)}`;
}

/** Nothing of this process runs on: the signal is delivered before the call returns, and if not, it waits here. */
function die() {
  process.kill(process.pid, 'SIGKILL');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}
