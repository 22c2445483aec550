// Saves snapshots and appends events in the folder argv[2] without end, each number said when both are on disk.
import { JsonSnapshotStore } from '../../../src/stores/json-snapshot-store.ts';
import { NdjsonEventLog } from '../../../src/stores/ndjson-event-log.ts';
import { keepAsIs, sampleEnvelope, sampleEvent } from '../samples.ts';

const directory = process.argv[2] ?? '';
const store = new JsonSnapshotStore({
  path: `${directory}/snapshot.json`,
  formerPath: `${directory}/snapshot.prev.json`,
  machineVersion: 1,
  redactor: keepAsIs,
});
const log = new NdjsonEventLog({ path: `${directory}/events.ndjson`, redactor: keepAsIs });
for (let seq = log.lastSeq() + 1; ; seq += 1) {
  store.save(sampleEnvelope(seq));
  log.append([sampleEvent(seq)]);
  process.stdout.write(`${seq}\n`);
  await new Promise(setImmediate);
}
