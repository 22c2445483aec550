import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { endingsFile, outputFile, recordedEndings, type Ending } from './corpus.ts';
import type { Recorder, Recording } from './recorder.ts';

/** `record.ts AGENT [NAME…]`: plays the recordings of that agent, or those named, and writes what came out. */
const [agent = '', ...names] = process.argv.slice(2);
const { recorder } = await loadRecorder(agent);
const ownVersion = await recorder.version();
const wanted = recorder.recordings.filter(({ name }) => names.length === 0 || names.includes(name));
for (const recording of wanted) {
  await write(await record(recording));
}

function loadRecorder(name: string): Promise<{ recorder: Recorder }> {
  return import(join(import.meta.dirname, name, 'recorder.ts'));
}

async function record(recording: Recording): Promise<Ending> {
  const { name } = recording;
  const { stdout, stderr, exitCode, signal, cliVersion = ownVersion } = await recording.run();
  await writeFile(outputFile(agent, name), stdout);
  process.stdout.write(`${name}: exit ${exitCode ?? signal}\n`);
  return { name, exitCode, signal, stderr, cliVersion, endedAtEpochMs: Date.now() };
}

/** After each one: what was recorded before a later one fails is kept. */
async function write(ending: Ending): Promise<void> {
  const former = existsSync(endingsFile(agent)) ? recordedEndings(agent) : [];
  const byName = new Map([...former, ending].map((item) => [item.name, item]));
  const kept = recorder.recordings.flatMap(({ name }) => byName.get(name) ?? []);
  await writeFile(endingsFile(agent), `${JSON.stringify(kept, null, 2)}\n`);
}
