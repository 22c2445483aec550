import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { countConnections } from '../../src/stores/tcp-connections.ts';

const PROGRAM = fileURLToPath(new URL('programs/holds-connections.ts', import.meta.url));
const ownNetwork = spawnSync('unshare', ['--net', 'ip', 'link', 'set', 'lo', 'up']).status === 0;

describe.runIf(process.platform === 'linux')('established connections', () => {
  it.each(['127.0.0.1', '::1'])('of a process that matches are counted: %s', async (host) => {
    await holding(host, 3, 'an-agent-of-this-test');
    // Both ends are its own.
    expect(countConnections(/an-agent-of-this-test/)).toBe(6);
    expect(countConnections(/another-agent-of-this-test/)).toBe(0);
  });

  it('of several processes add up, and are gone with them', async () => {
    const children = [
      await holding('127.0.0.1', 1, 'one-of-two-agents'),
      await holding('127.0.0.1', 2, 'one-of-two-agents'),
    ];
    expect(countConnections(/one-of-two-agents/)).toBe(6);
    await Promise.all(children.map(ended));
    expect(countConnections(/one-of-two-agents/)).toBe(0);
  });

  it('that this process holds are not', async () => {
    expect(countConnections(new RegExp(String(process.argv[0])))).toBeGreaterThanOrEqual(0);
    expect(countConnections(/vitest-does-not-know-this-word/)).toBe(0);
  });

  it.runIf(ownNetwork)('in a network of its own are counted, too', async () => {
    const through = ['unshare', '--net', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];
    await holding('127.0.0.1', 2, 'an-agent-elsewhere', through);
    expect(countConnections(/an-agent-elsewhere/)).toBe(4);
  });
});

async function holding(
  host: string,
  count: number,
  word: string,
  through: readonly string[] = [],
): Promise<ChildProcess> {
  const [file, ...args] = [...through, process.execPath, PROGRAM, host, String(count), word];
  const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

async function ended(child: ChildProcess): Promise<void> {
  child.stdin?.end();
  await once(child, 'exit');
}
