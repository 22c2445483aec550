import { join } from 'node:path';
import { expect, test } from 'vitest';
import { JsonSnapshotStore } from '../../src/stores/json-snapshot-store.ts';
import { NdjsonEventLog } from '../../src/stores/ndjson-event-log.ts';
import { readEvents } from '../../src/stores/read-events.ts';
import { startProgram } from './program.ts';
import { keepAsIs, sampleEvents } from './samples.ts';
import { temporaryFolder } from './temporary-folder.ts';

test('a writer killed at any moment leaves a whole snapshot and whole events, none lost that it was told of', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'events.ndjson');
  const snapshots = {
    path: join(folder, 'snapshot.json'),
    formerPath: join(folder, 'snapshot.prev.json'),
  };
  for (let life = 1; life <= 10; life += 1) {
    const writer = startProgram('save-and-append', folder);
    let said = 0;
    for (let lines = 0; lines < life * 7; lines += 1) {
      said = Number(await writer.says());
    }
    await writer.kill();
    const log = new NdjsonEventLog({ path, redactor: keepAsIs });
    const loaded = new JsonSnapshotStore({
      ...snapshots,
      machineVersion: 1,
      redactor: keepAsIs,
    }).load();
    const seq = log.lastSeq();
    log.close();
    expect(seq).toBeGreaterThanOrEqual(said);
    expect(loaded).toMatchObject({ recovered: null });
    expect([seq, seq + 1]).toContain(loaded?.envelope.seq);
    expect([...readEvents(path)]).toEqual(sampleEvents(1, seq));
  }
});
