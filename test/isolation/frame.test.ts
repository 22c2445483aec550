import { expect, it } from 'vitest';
import { encodeFrame, readFrame, type Read } from '../../src/isolation/frame.ts';
import { IsolationLayer, orderFor, program } from './isolation-layer.ts';
import { temporaryRoot } from './temporary-root.ts';

it('reads back what was encoded, however it is cut', () => {
  const order = orderFor(temporaryRoot(), '/bin/true', { stdin: 'Prüfe 漢字'.repeat(50_000) });
  for (const most of [1_000_000_000, 65_536, 1_000, 7]) {
    expect(readFrame(reading(encodeFrame(order), most))).toEqual(order);
  }
});

it('takes nothing for a frame that is short, long, garbled, too large or of another format', () => {
  const order = orderFor(temporaryRoot(), '/bin/true');
  const frame = encodeFrame(order);
  const garbled = Buffer.from(frame);
  garbled[frame.length - 1] = 0x21;
  const wrong = {
    empty: Buffer.alloc(0),
    headerOnly: Buffer.from(frame.toString().split('\n')[0] ?? ''),
    short: frame.subarray(0, -1),
    long: Buffer.concat([frame, Buffer.from('x')]),
    garbled,
    tooLarge: Buffer.from(frame.toString().replace(/ \d+\n/, ' 999999999\n')),
    otherFormat: encodeFrame({ ...order, format: 2 } as never),
    missingField: encodeFrame({ ...order, env: undefined } as never),
    noise: Buffer.alloc(300_000, 'x'),
  };
  for (const [name, bytes] of Object.entries(wrong)) {
    expect(readFrame(reading(bytes, 65_536)), name).toBeNull();
  }
});

it('leaves with 65 and claims nothing when the frame is short', async () => {
  const order = orderFor(temporaryRoot(), program('exits-with.sh'), { args: ['0', 'started'] });
  const layer = new IsolationLayer(order, { frame: encodeFrame(order).subarray(0, -1) });
  expect(await layer.exit).toBe(65);
  expect(layer.hasClaim || layer.hasResult).toBe(false);
  expect(layer.log).toBe('');
});

function reading(bytes: Uint8Array, most: number): Read {
  let at = 0;
  return (into) => {
    const piece = bytes.subarray(at, at + Math.min(most, into.length));
    into.set(piece);
    at += piece.length;
    return piece.length;
  };
}
