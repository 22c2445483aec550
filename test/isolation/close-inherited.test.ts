import { closeSync, openSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { IsolationLayer, orderFor } from './isolation-layer.ts';
import { SUPERVISIONS } from './supervisions.ts';
import { temporaryRoot } from './temporary-root.ts';

const LISTS = ['-c', 'for fd in /proc/self/fd/*; do echo "open: $(readlink "$fd")"; done'];

it.skipIf(process.platform !== 'linux').each(SUPERVISIONS)(
  'an agent holds nothing that the shell of its runner left open, supervision $name',
  async ({ namespace }) => {
    const root = temporaryRoot();
    const fd = openSync(`${root}/left-open`, 'w');
    onTestFinished(() => closeSync(fd));
    const order = orderFor(root, '/bin/sh', { args: LISTS, namespace });
    const layer = new IsolationLayer(order, { leftOpen: [fd, fd] });
    expect((await layer.ended()).outcome).toBe('succeeded');
    expect(layer.log).toContain('open: ');
    expect(layer.log).not.toContain('left-open');
  },
);
