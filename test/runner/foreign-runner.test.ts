import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test, onTestFinished } from 'vitest';
import { askStatus } from '../../src/runner/ask-status.ts';
import { inspectLoop } from '../../src/runner/control-client.ts';
import { parseTold } from '../../src/runner/parse-told.ts';
import { temporaryFolder } from '../stores/temporary-folder.ts';

const BATCH = {
  ...{ kind: 'inspection', definitionHash: '', lost: 0, status: {} },
  ...{ machine: { active: [] }, actors: [], news: [], events: [] },
};

/** Somebody in the place of a runner who sends without an end. */
function neverEnding(): string {
  const path = join(temporaryFolder(), 'control.sock');
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const send = (): void => {
      for (let hasRoom = true; hasRoom;) {
        hasRoom = socket.write('x'.repeat(1_000_000));
      }
    };
    sockets.add(socket);
    socket.on('error', () => {}).on('drain', send);
    send();
  }).listen(path);
  onTestFinished(() => {
    sockets.forEach((socket) => socket.destroy());
    server.close();
  });
  return path;
}

describe('who is no runner of ours', () => {
  test('is let go of where a line of it never ends', async () => {
    const path = neverEnding();
    const following = await inspectLoop(path, () => expect.unreachable());
    await following?.over;
    expect(await askStatus(path, 60_000)).toEqual({ kind: 'gone' });
  });

  test('is heard only where what it tells is an inspection in full', () => {
    expect(parseTold(JSON.stringify({ ...BATCH, unknown: 1, news: [{ type: 'new' }] }))).not.toBe(
      null,
    );
    for (const wrong of [
      ...[{ machine: {} }, { machine: { active: [1] } }, { actors: [null] }, { news: [null] }],
      ...[{ events: ['x'] }, { status: [] }],
    ]) {
      expect(parseTold(JSON.stringify({ ...BATCH, ...wrong })), JSON.stringify(wrong)).toBe(null);
    }
  });

  test('is not heard where what it tells is nested without an end', () => {
    const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    expect(parseTold(JSON.stringify(BATCH).replace('"lost":0', `"lost":${deep}`))).toBe(null);
  });
});
