import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { existsSync } from 'node:fs';
import { watch } from 'node:fs/promises';
import { join } from 'node:path';
import type { MessagesApi } from '../../mocks/messages-api/start-messages-api.ts';
import type { Moment } from './play.ts';

interface Scene {
  readonly api: MessagesApi;
  readonly scenario: string;
  readonly cwd: string;
  readonly child: ChildProcessWithoutNullStreams;
}

/** Settles when the run has come to that moment; never, where it does not. */
export async function awaitMoment(at: Moment, scene: Scene): Promise<void> {
  await MOMENTS[at](scene);
}

const MOMENTS: Readonly<Record<Moment, (scene: Scene) => Promise<unknown>>> = {
  request: ({ api, scenario }) => api.hold(scenario).arrived,
  tool: ({ cwd }) => fileAppears(cwd, 'started'),
  result: ({ child }) => isPrinted(child, '"type":"result"'),
};

async function fileAppears(folder: string, name: string): Promise<void> {
  for await (const _ of watch(folder, { persistent: false })) {
    if (existsSync(join(folder, name))) {
      return;
    }
  }
}

function isPrinted(child: ChildProcessWithoutNullStreams, words: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let printed = '';
  child.stdout.on('data', (chunk) => {
    printed += String(chunk);
    if (printed.includes(words)) {
      resolve();
    }
  });
  return promise;
}
