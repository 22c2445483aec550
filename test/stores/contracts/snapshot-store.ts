import { expect, test } from 'vitest';
import type { SnapshotStore } from '../../../src/ports/snapshot-store.ts';
import { sampleEnvelope } from '../samples.ts';

export function keepsTheSnapshotStoreContract(create: () => SnapshotStore): void {
  test('has nothing before the first save', () => {
    expect(create().load()).toBeNull();
  });

  test('gives back the last envelope saved', () => {
    const store = create();
    store.save(sampleEnvelope(1));
    store.save(sampleEnvelope(2));
    expect(store.load()).toEqual({ envelope: sampleEnvelope(2), recovered: null });
  });

  test('keeps a copy: what changes after the save is not kept', () => {
    const store = create();
    const context = { iteration: 1 };
    store.save({ ...sampleEnvelope(1), snapshot: { context } });
    context.iteration = 2;
    expect(store.load()?.envelope.snapshot).toEqual({ context: { iteration: 1 } });
  });
}
