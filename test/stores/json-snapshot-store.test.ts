import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EXIT } from '../../src/domain/error.ts';
import { JsonSnapshotStore } from '../../src/stores/json-snapshot-store.ts';
import { InMemorySnapshotStore } from '../fakes/in-memory-snapshot-store.ts';
import { keepsTheSnapshotStoreContract } from './contracts/snapshot-store.ts';
import { keepAsIs, sampleEnvelope } from './samples.ts';
import { canMount, fillDisk, smallDisk } from './small-disk.ts';
import { temporaryFolder } from './temporary-folder.ts';

interface Saved {
  readonly folder: string;
  readonly path: string;
  readonly formerPath: string;
  readonly store: JsonSnapshotStore;
}

const storeIn = (folder: string): Saved => {
  const files = {
    path: join(folder, 'snapshot.json'),
    formerPath: join(folder, 'snapshot.prev.json'),
  };
  return {
    folder,
    ...files,
    store: new JsonSnapshotStore({ ...files, machineVersion: 3, redactor: keepAsIs }),
  };
};

/** Two generations, 1 and 2, and a store that knows nothing of them yet. */
const twoGenerations = (): Saved => {
  const folder = temporaryFolder();
  const { store } = storeIn(folder);
  store.save(sampleEnvelope(1));
  store.save(sampleEnvelope(2));
  return storeIn(folder);
};

const seqIn = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8')).seq;

describe('JsonSnapshotStore', () => {
  keepsTheSnapshotStoreContract(() => storeIn(temporaryFolder()).store);

  test('keeps the former generation beside the current one', () => {
    const { folder, path, formerPath } = twoGenerations();
    expect([seqIn(path), seqIn(formerPath)]).toEqual([2, 1]);
    expect(readdirSync(folder).toSorted()).toEqual(['snapshot.json', 'snapshot.prev.json']);
  });

  test.each([
    ['snapshot.json', 'deleted', (path: string) => rmSync(path)],
    ['snapshot.json', 'changed', (path: string) => writeFileSync(path, '{}')],
    ['snapshot.prev.json', 'deleted', (path: string) => rmSync(path)],
    ['snapshot.prev.json', 'changed', (path: string) => writeFileSync(path, '{}')],
  ])('writes %s anew where it was %s', (name, how, disturb) => {
    const { folder, path, formerPath, store } = storeIn(temporaryFolder());
    [1, 2, 3].forEach((seq) => store.save(sampleEnvelope(seq)));
    expect(store.mend().size).toBe(0);
    disturb(join(folder, name));
    expect([...store.mend()]).toEqual([[name, `was ${how}, and written anew`]]);
    expect([seqIn(path), seqIn(formerPath)]).toEqual([3, 2]);
    store.save(sampleEnvelope(4));
    expect([seqIn(path), seqIn(formerPath), store.mend().size]).toEqual([4, 3, 0]);
  });

  test('saves although its folder is being deleted', () => {
    const { folder, path, store } = storeIn(join(temporaryFolder(), 'data'));
    mkdirSync(folder);
    store.save(sampleEnvelope(1));
    rmSync(folder, { recursive: true });
    store.save(sampleEnvelope(2));
    expect(seqIn(path)).toBe(2);
  });

  const DAMAGES: Record<string, { text: string; why: string }> = {
    'is empty': { text: '', why: 'it is empty' },
    'is full of zero bytes': { text: '\0'.repeat(100), why: 'it is no JSON, or cut short' },
    'is cut short': {
      text: JSON.stringify(sampleEnvelope(2)).slice(0, 80),
      why: 'it is no JSON, or cut short',
    },
    'holds other JSON': { text: '[]', why: 'it is no JSON object' },
    'lacks a field': {
      text: JSON.stringify({ ...sampleEnvelope(2), snapshot: undefined }),
      why: 'its field "snapshot" is missing or wrong',
    },
    'has an outbox that holds no events': {
      text: JSON.stringify({ ...sampleEnvelope(2), outbox: [{}] }),
      why: 'its field "outbox" is missing or wrong',
    },
  };

  test.each(Object.entries(DAMAGES))(
    'goes back to the former generation when the current one %s',
    (_, { text, why }) => {
      const { path, store } = twoGenerations();
      writeFileSync(path, text);
      expect(store.load()).toEqual({
        envelope: sampleEnvelope(1),
        recovered: expect.stringContaining(`${path}: ${why}; went on from`),
      });
      expect(readFileSync(path, 'utf8')).toBe(text);
    },
  );

  test('goes back to the former generation when the current one was deleted', () => {
    const { path, store } = twoGenerations();
    rmSync(path);
    expect(store.load()).toMatchObject({ recovered: expect.stringContaining('it is missing') });
  });

  test('does not push the former generation out by a damaged one', () => {
    const { path, formerPath, store } = twoGenerations();
    writeFileSync(path, 'damaged');
    store.save(sampleEnvelope(3));
    expect([seqIn(path), seqIn(formerPath)]).toEqual([3, 1]);
    store.save(sampleEnvelope(4));
    expect([seqIn(path), seqIn(formerPath)]).toEqual([4, 3]);
  });

  test('refuses with 156 when both are damaged, and writes nothing over them', () => {
    const { path, formerPath, store } = twoGenerations();
    writeFileSync(path, '{');
    writeFileSync(formerPath, '');
    expect(() => store.load()).toThrow(
      expect.objectContaining({
        code: EXIT.state,
        message: `Cannot understand ${path}: it is no JSON, or cut short, and ${formerPath}: it is empty.`,
        fix: expect.stringContaining(`mv ${path}`),
      }),
    );
    expect([readFileSync(path, 'utf8'), readFileSync(formerPath, 'utf8')]).toEqual(['{', '']);
  });

  test.each(['format', 'version'])(
    'refuses a newer %s with 156, though the former generation is fine, and does not save over it',
    (field) => {
      const { path, store } = twoGenerations();
      const newer = JSON.stringify({ ...sampleEnvelope(2), [field]: 4 });
      writeFileSync(path, newer);
      const refusal = expect.objectContaining({
        code: EXIT.state,
        message: expect.stringContaining(
          `${path} was written by a newer autoloop: its ${field} is 4`,
        ),
      });
      expect(() => store.load()).toThrow(refusal);
      expect(() => store.save(sampleEnvelope(3))).toThrow(refusal);
      expect(readFileSync(path, 'utf8')).toBe(newer);
    },
  );

  test('has a whole snapshot at the instants a kill may hit a save', () => {
    const { path, formerPath } = twoGenerations();
    // Killed after the former generation was unlinked, and after it was linked anew.
    rmSync(formerPath);
    expect(storeIn(join(path, '..')).store.load()?.envelope.seq).toBe(2);
    linkSync(path, formerPath);
    const { store } = storeIn(join(path, '..'));
    expect(store.load()?.envelope.seq).toBe(2);
    store.save(sampleEnvelope(3));
    expect([seqIn(path), seqIn(formerPath)]).toEqual([3, 2]);
  });

  test('keeps no secret', () => {
    const files = storeIn(temporaryFolder());
    const redactor = {
      redactValue: <Value>(value: Value): Value =>
        JSON.parse(JSON.stringify(value).replaceAll('s3cret', '[REDACTED:test]')),
    };
    const store = new JsonSnapshotStore({ ...files, machineVersion: 1, redactor });
    store.save({ ...sampleEnvelope(1), snapshot: { context: { message: 's3cret' } } });
    expect(readFileSync(files.path, 'utf8')).toContain('[REDACTED:test]');
  });

  test.skipIf(!canMount)('on a full disk: 153, and both generations stay', () => {
    const { store, path, formerPath } = storeIn(smallDisk());
    store.save(sampleEnvelope(1));
    store.save(sampleEnvelope(2));
    fillDisk(join(path, '..'), 4_096);
    const large = { ...sampleEnvelope(3), snapshot: { context: 'x'.repeat(50_000) } };
    expect(() => store.save(large)).toThrow(
      expect.objectContaining({ code: EXIT.resourceExhausted }),
    );
    expect([seqIn(path), seqIn(formerPath)]).toEqual([2, 1]);
  });
});

describe('InMemorySnapshotStore', () => {
  keepsTheSnapshotStoreContract(() => new InMemorySnapshotStore());
});
