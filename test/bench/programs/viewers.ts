import { createConnection } from 'node:net';

/** Connections that inspect a loop: some read what they are told, some never do. Tells how much each has read. */
export interface Read {
  readonly batches: readonly number[];
}

const [path = '', readers = '0', stuck = '0'] = process.argv.slice(2);
const batches = Array.from({ length: Number(readers) }, () => 0);
await Promise.all([
  ...batches.map((_, index) =>
    look((chunk) => {
      // A line each.
      batches[index] = (batches[index] ?? 0) + chunk.toString('latin1').split('\n').length - 1;
    }),
  ),
  ...Array.from({ length: Number(stuck) }, () => look(null)),
]);
process.on('message', () => process.send?.({ batches } satisfies Read));
process.send?.('ready');

/** `read` null: it never reads. */
async function look(read: ((chunk: Buffer) => void) | null): Promise<void> {
  const socket = createConnection(path);
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.write('{"command":"inspect"}\n');
  if (read === null) {
    socket.pause();
  } else {
    socket.on('data', read);
  }
}
