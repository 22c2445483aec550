import { pathToFileURL } from 'node:url';
import { createRedactor, type Redactor } from '../../src/redaction/redactor.ts';

export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly baseline: { readonly name: string; readonly value: number };
  readonly ratio: number;
}

/**
 * Throughput of `stream()` with every rule and 30 known values, in pieces of 64 KiB; the baseline
 * copies the same pieces by way of a string.
 */
export async function benchRedaction(): Promise<Figure[]> {
  const redactor = createRedactor(knownSecrets());
  const figures: Figure[] = [];
  for (const { name, line } of TEXTS) {
    figures.push(measure(`redaction, ${name}`, redactor, cut(grow(line))));
    await new Promise(setImmediate);
  }
  return figures;
}

const MB = 1_000_000;
const TEXT_BYTES = 32 * MB;
const CHUNK_BYTES = 64 * 1024;
const ROUNDS = 5;

function measure(name: string, redactor: Redactor, chunks: readonly Uint8Array[]): Figure {
  copyAll(chunks);
  redactAll(redactor, chunks);
  const copied: number[] = [];
  const redacted: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    copied.push(megabytesPerSecond(chunks, () => copyAll(chunks)));
    redacted.push(megabytesPerSecond(chunks, () => redactAll(redactor, chunks)));
  }
  const value = median(redacted);
  const baseline = { name: 'latin1 decode and encode', value: median(copied) };
  return { name, value, unit: 'MB/s', baseline, ratio: value / baseline.value };
}

function copyAll(chunks: readonly Uint8Array[]): number {
  return chunks.reduce(
    (sum, chunk) =>
      sum +
      Buffer.from(
        Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString('latin1'),
        'latin1',
      ).length,
    0,
  );
}

function redactAll(redactor: Redactor, chunks: readonly Uint8Array[]): number {
  const stream = redactor.stream();
  return chunks.reduce((sum, chunk) => sum + stream.write(chunk).length, 0) + stream.end().length;
}

function megabytesPerSecond(chunks: readonly Uint8Array[], act: () => number): number {
  const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const start = performance.now();
  act();
  return bytes / MB / ((performance.now() - start) / 1000);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function grow(line: (random: () => number) => string): Buffer {
  const random = seeded(7);
  const lines: string[] = [];
  for (let bytes = 0; bytes < TEXT_BYTES;) {
    const next = `${line(random)}\n`;
    lines.push(next);
    bytes += next.length;
  }
  return Buffer.from(lines.join(''), 'utf8');
}

function cut(bytes: Buffer): Uint8Array[] {
  const count = Math.ceil(bytes.length / CHUNK_BYTES);
  return Array.from({ length: count }, (_, index) =>
    bytes.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES),
  );
}

/** Mulberry32: the same text in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function knownSecrets(): { name: string; value: string }[] {
  const random = seeded(11);
  return Array.from({ length: 30 }, (_, index) => ({
    name: `FAKE_${index}_TOKEN`,
    value: letters(random, 12 + (index % 5) * 9, BASE62),
  }));
}

const HEX = '0123456789abcdef';
const BASE62 = `${HEX}ghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ`;

function letters(random: () => number, length: number, alphabet: string): string {
  return Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');
}

function uuid(random: () => number): string {
  return letters(random, 32, HEX).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function pick<T>(random: () => number, from: readonly T[]): T | undefined {
  return from[Math.floor(random() * from.length)];
}

function several(random: () => number, from: readonly string[], count: number): string {
  return Array.from({ length: count }, () => pick(random, from)).join('\n');
}

const PROSE = [
  "I'll look at how the scheduler computes its delay before I change anything in the retry path.",
  'The failing test expects the queue to be drained in order, but the worker acknowledges each task as soon as it is read.',
  'There are three places that read the configuration; the second one keeps a stale copy, which explains the flaky result.',
  'Next I will run the type checker, then the unit tests of the parser, and only then the slow integration suite.',
  'All 214 tests pass. The tokenizer is about twice as fast for long inputs; memory stays at the same level as before.',
  'See https://docs.example.org/guide/lifecycle#stopping for the difference between a graceful stop and a forced one.',
];

const CODE = [
  "import { readFile, writeFile } from 'node:fs/promises';",
  'export async function loadIndex(path: string, options: LoadOptions = {}): Promise<Index> {',
  '  const text = await readFile(path, { encoding: "utf8", signal: options.signal });',
  '  for (const [key, entry] of Object.entries(parsed.entries)) {',
  '    if (entry.kind === "directory" && !options.recursive) continue; // skipped on purpose',
  '    const token = lexer.next(); const isKeyword = keywords.has(token.text);',
  '  return entries.map((entry) => ({ ...entry, score: weigh(entry.tokens, weights) })).toSorted(byScore);',
  '}',
  'def test_retry_backoff(monkeypatch, tmp_path):',
  '    assert result.returncode == 0, f"exit {result.returncode}: {result.stderr!r}"',
  '  <button className="btn btn-primary" onClick={() => dispatch({ type: "saved", id })}>Save</button>',
];

const SHELL = [
  'On branch main. Your branch is ahead of origin/main by 2 commits. nothing to commit, working tree clean',
  ' src/parser/tokens.ts         |  42 ++++++++++++++++++--------------',
  '-rw-r--r-- 1 dev dev  18432 Jan 14 09:21 dist/index-4f1c9b7e.js',
  ' PASS  test/queue.test.ts > drains the queue in order 12ms',
  'npm notice using --force Recommended protections disabled.',
  'added 412 packages, and audited 413 packages in 9s',
];

function streamJsonLine(random: () => number): string {
  const kind = random();
  const ids = { session_id: uuid(random), uuid: uuid(random) };
  if (kind < 0.35) {
    return JSON.stringify({
      ...assistant(random, { type: 'text', text: several(random, PROSE, 3) }),
      ...ids,
    });
  }
  if (kind < 0.65) {
    return JSON.stringify({ ...assistant(random, toolUse(random)), ...ids });
  }
  return JSON.stringify({
    type: 'user',
    message: { role: 'user', content: [toolResult(random)] },
    parent_tool_use_id: null,
    ...ids,
  });
}

function assistant(random: () => number, block: object): object {
  const message = {
    model: 'claude-mock-1',
    id: `msg_${letters(random, 24, BASE62)}`,
    type: 'message',
    role: 'assistant',
    content: [block],
    stop_reason: null,
    stop_sequence: null,
    usage: {
      input_tokens: Math.floor(random() * 900),
      cache_creation_input_tokens: Math.floor(random() * 9000),
      cache_read_input_tokens: Math.floor(random() * 90_000),
      cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
      output_tokens: Math.floor(random() * 2000),
      service_tier: 'standard',
    },
    context_management: null,
  };
  return { type: 'assistant', message, parent_tool_use_id: null };
}

function toolUse(random: () => number): object {
  const input =
    random() < 0.5
      ? {
          command: 'npm test -- --run test/queue.test.ts',
          description: 'Run the tests of the queue',
        }
      : edit(random);
  return { type: 'tool_use', id: `toolu_${letters(random, 24, BASE62)}`, name: 'Bash', input };
}

function edit(random: () => number): object {
  return {
    file_path: '/repo/src/queue/drain.ts',
    old_string: several(random, CODE, 4),
    new_string: several(random, CODE, 6),
  };
}

function toolResult(random: () => number): object {
  const content = random() < 0.5 ? several(random, SHELL, 12) : several(random, CODE, 20);
  return {
    tool_use_id: `toolu_${letters(random, 24, BASE62)}`,
    type: 'tool_result',
    content,
    is_error: false,
  };
}

function logLine(random: () => number): string {
  const time = new Date(1_760_000_000_000 + Math.floor(random() * 1e9)).toISOString();
  const level = pick(random, ['DEBUG', 'INFO', 'INFO', 'INFO', 'WARN']);
  return `${time} ${level} [worker-${Math.floor(random() * 8)}] ${pick(random, [...PROSE, ...SHELL, ...CODE])} request=${uuid(random)} took=${Math.floor(random() * 900)}ms`;
}

/** One line in two hundred holds a secret. */
function seldomSecret(line: (random: () => number) => string): (random: () => number) => string {
  return (random) =>
    random() < 0.005 ? `export FAKE_PASSWORD=${letters(random, 16, BASE62)}` : line(random);
}

const TEXTS = [
  { name: 'stream-json', line: seldomSecret(streamJsonLine) },
  { name: 'plain log', line: seldomSecret(logLine) },
];

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.table(
    (await benchRedaction()).map(({ name, value, unit, baseline, ratio }) => ({
      name,
      [unit]: Math.round(value),
      [baseline.name]: Math.round(baseline.value),
      ratio: Number(ratio.toFixed(2)),
    })),
  );
}
