import { expect, it } from 'vitest';
import { IsolationLayer, orderFor } from './isolation-layer.ts';
import { temporaryRoot } from './temporary-root.ts';

const HUGE = 'x'.repeat(5_000_000);

it.each([
  ['an agent reads after its prompt', 'wc -c; cat; echo "then $?"', '7\nthen 0\n'],
  ['a tool reads that gets the prompt first', 'sh -c "wc -c"; sh -c "cat; wc -c"', '7\n0\n'],
  [
    'a tool asks for a line',
    'cat > /dev/null; read answer; echo "read $? <$answer>"',
    'read 1 <>\n',
  ],
])('ends at once where %s', async (_, script, said) => {
  const layer = shell(script, 'prompt\n');
  expect(await layer.ended()).toMatchObject({ outcome: 'succeeded', exitCode: 0 });
  expect(layer.log).toBe(said);
});

it('ends at once where there is no prompt', async () => {
  const layer = shell('wc -c', '');
  expect((await layer.ended()).outcome).toBe('succeeded');
  expect(layer.log).toBe('0\n');
});

it('hands over a prompt of 5 MB', async () => {
  const layer = shell('wc -c', HUGE);
  expect((await layer.ended()).outcome).toBe('succeeded');
  expect(layer.log).toBe('5000000\n');
});

it.each([
  ['ends without a look at it', 'echo done'],
  ['reads its beginning', 'head -c 10 > /dev/null; echo done'],
  ['closes it and works on', 'exec 0<&-; sleep 0.3; echo done'],
  ['leaves it unread while it works', 'sleep 0.5; echo done'],
  ['leaves it to a tool that never reads it', 'sh -c "sleep 0.5; exit 0"; echo done'],
])('does without an agent that reads its prompt of 5 MB: one that %s', async (_, script) => {
  const layer = shell(script, HUGE);
  expect(await layer.ended()).toMatchObject({ outcome: 'succeeded', exitCode: 0, swept: [] });
  expect(layer.log).toBe('done\n');
});

it('tells the failure of an agent that leaves a prompt of 5 MB unread', async () => {
  expect(await shell('exit 3', HUGE).ended()).toMatchObject({ outcome: 'failed', exitCode: 3 });
});

function shell(script: string, stdin: string): IsolationLayer {
  return new IsolationLayer(orderFor(temporaryRoot(), '/bin/sh', { args: ['-c', script], stdin }));
}
