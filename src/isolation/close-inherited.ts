import { closeSync, readdirSync, readFileSync } from 'node:fs';

/**
 * Closes what a shell left open to us (`exec 200> lock; autoloop run`): agents and their tools would hold it, and a
 * daemon that outlives all of them would, too. Node itself marks the first 16 descriptors as not to be passed on, and
 * those behind them up to the first gap; what it opens is always marked. macOS tells of no such mark: nothing is closed.
 */
export function closeInherited(): void {
  for (const fd of attempted(() => readdirSync(OWN), []).map(Number)) {
    if (fd > STDERR && isPassedOn(fd)) {
      attempted(() => closeSync(fd), undefined);
    }
  }
}

const OWN = '/proc/self/fdinfo';
const STDERR = 2;
const O_CLOEXEC = 0o2000000;

function isPassedOn(fd: number): boolean {
  const facts = attempted(() => readFileSync(`${OWN}/${fd}`, 'latin1'), '');
  const flags = /^flags:\s*([0-7]+)$/m.exec(facts)?.[1];
  return flags !== undefined && (Number.parseInt(flags, 8) & O_CLOEXEC) === 0;
}

/** The descriptor that listed them is closed again when it is looked at. */
function attempted<Value>(work: () => Value, otherwise: Value): Value {
  try {
    return work();
  } catch {
    return otherwise;
  }
}
