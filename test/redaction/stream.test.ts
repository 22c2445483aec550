import { describe, expect, it } from 'vitest';
import { createRedactor, type Redactor } from '../../src/redaction/redactor.ts';
import { CLEAN, KNOWN, PLANTS } from './planted.ts';
import { BASE64, Seeded } from './seeded.ts';

const redactor = createRedactor(KNOWN);

describe('a stream', () => {
  it('hides every planted secret wherever it is cut, gives out what the whole text would be, and nothing changes the second time', () => {
    for (let seed = 0; seed < 3000; seed += 1) {
      const random = new Seeded(seed);
      const { text, secrets } = plantedText(random);
      const whole = redactor.redact(text);
      expect(through(redactor, Buffer.from(text), random).toString(), `seed ${seed}`).toBe(whole);
      expect(
        secrets.filter((secret) => whole.includes(secret)),
        `seed ${seed}: ${text}`,
      ).toEqual([]);
      expect(redactor.redact(whole), `seed ${seed}`).toBe(whole);
    }
  });

  it('leaves JSON lines JSON, with all their fields', () => {
    for (let seed = 0; seed < 2000; seed += 1) {
      const random = new Seeded(seed);
      const line = JSON.stringify({ type: 'user', content: plantedText(random).text, last: seed });
      expect(JSON.parse(redactor.redact(line)), `seed ${seed}`).toMatchObject({
        type: 'user',
        content: expect.any(String),
        last: seed,
      });
    }
  });

  it('leaves clean text alone, byte for byte', () => {
    for (let seed = 0; seed < 1000; seed += 1) {
      const random = new Seeded(seed);
      const text = Array.from({ length: random.between(1, 9) }, () =>
        random.pick(CLEAN)(random),
      ).join(random.pick(['\n', ' ', '\r\n']));
      expect(through(redactor, Buffer.from(text), random).toString(), `seed ${seed}`).toBe(text);
    }
  });

  it('lets any bytes pass: invalid UTF-8, NUL, control characters', () => {
    for (let seed = 0; seed < 60; seed += 1) {
      const random = new Seeded(seed);
      const bytes = random
        .bytes(random.between(0, 20_000))
        .map((byte) => (byte === 0x40 ? 0x41 : byte));
      expect(through(redactor, Buffer.from(bytes), random).equals(bytes), `seed ${seed}`).toBe(
        true,
      );
    }
  });

  it('decides the same about lines longer than what is held back', () => {
    for (let seed = 0; seed < 60; seed += 1) {
      const random = new Seeded(seed);
      const filler = (): string =>
        random.letters(
          random.between(3000, 9000),
          random.pick([BASE64, 'a ', 'a', '\\', '"', '=']),
        );
      const text = Array.from(
        { length: 5 },
        () => random.pick(PLANTS)(random).text.replaceAll('\n', ' ') + filler(),
      ).join(random.pick(['"', ' ', '']));
      const whole = Buffer.concat([...throughPieces(redactor, [Buffer.from(text)])]);
      expect(through(redactor, Buffer.from(text), random).equals(whole), `seed ${seed}`).toBe(true);
    }
  });

  it('hides a value however long it is', () => {
    const secret = 'fake '.repeat(40_000);
    expect(
      through(redactor, Buffer.from(`{"password":"${secret}","n":1}`), new Seeded(1)).toString(),
    ).toBe('{"password":"[REDACTED:password]","n":1}');
    expect(
      through(redactor, Buffer.from(`ghp_${'fake'.repeat(40_000)} x`), new Seeded(1)).toString(),
    ).toBe('[REDACTED:github-token] x');
  });

  it('holds back some 8 KB at most of a line that does not end', () => {
    const stream = redactor.stream();
    const piece = Buffer.from('no end of this line '.repeat(3277));
    let held = 0;
    let mostHeld = 0;
    for (let index = 0; index < 800; index += 1) {
      held += piece.length - stream.write(piece).length;
      mostHeld = Math.max(mostHeld, held);
    }
    expect(mostHeld).toBeLessThan(9000);
    expect(stream.end().length).toBe(held);
  });

  it('gives out whole lines at once', () => {
    const stream = redactor.stream();
    expect(Buffer.from(stream.write(Buffer.from('one\ntwo'))).toString()).toBe('one\n');
    expect(Buffer.from(stream.write(Buffer.from('\n'))).toString()).toBe('two\n');
    expect(stream.end().length).toBe(0);
  });

  it('keeps no hold on the memory it was given', () => {
    const stream = redactor.stream();
    const piece = Buffer.from('PASSWORD=fa');
    const first = Buffer.from(stream.write(piece));
    piece.fill(0x78);
    const second = Buffer.from(stream.write(Buffer.from('ke0 b\n')));
    expect(Buffer.concat([first, second, stream.end()]).toString()).toBe(
      'PASSWORD=[REDACTED:password] b\n',
    );
  });
});

function plantedText(random: Seeded): { text: string; secrets: string[] } {
  const planted = Array.from({ length: random.between(1, 5) }, () => random.pick(PLANTS)(random));
  const texts = planted.flatMap(({ text }) =>
    random.below(2) === 0 ? [text] : [random.pick(CLEAN)(random), text],
  );
  const secrets = planted.flatMap((one) => one.secrets);
  const text = texts.join(random.pick([' ', '\n', '\t']));
  return random.below(2) === 0 ? { text, secrets } : inJson(text, secrets);
}

function inJson(text: string, secrets: readonly string[]): { text: string; secrets: string[] } {
  return {
    text: JSON.stringify({ content: text }),
    secrets: secrets.map((secret) => JSON.stringify(secret).slice(1, -1)),
  };
}

function through(from: Redactor, bytes: Uint8Array, random: Seeded): Buffer {
  const most = random.pick([1, 7, 64, 1000, 10_000]);
  const pieces: Uint8Array[] = [];
  for (let start = 0; start < bytes.length;) {
    const end = start + random.between(1, most);
    pieces.push(bytes.subarray(start, end));
    start = end;
  }
  return Buffer.concat([...throughPieces(from, pieces)]);
}

function* throughPieces(from: Redactor, pieces: readonly Uint8Array[]): Generator<Uint8Array> {
  const stream = from.stream();
  for (const piece of pieces) {
    yield Buffer.from(stream.write(piece));
  }
  yield stream.end();
}
