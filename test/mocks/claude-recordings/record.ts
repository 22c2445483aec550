import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cleanOutput } from './clean-output.ts';
import { recordings, type Recording } from './recordings.ts';
import { claudeBinary, runClaude } from './run-claude.ts';

/** What `endings.json` says about one recording. */
interface Ending {
  readonly name: string;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stderr: string;
  readonly cliVersion: string;
}

const cliVersion = execFileSync(claudeBinary(), ['--version'], { encoding: 'utf8' })
  .split(' ', 1)
  .join();
const endings: Ending[] = [];
for (const recording of recordings) {
  endings.push(await record(recording));
}
await writeFile(fileOf('endings.json'), `${JSON.stringify(endings, null, 2)}\n`);

async function record(recording: Recording): Promise<Ending> {
  const run = await runClaude(recording);
  await writeFile(fileOf(`${recording.name}.ndjson`), cleanOutput(run));
  process.stdout.write(`${recording.name}: exit ${run.exitCode ?? run.signal}\n`);
  return {
    name: recording.name,
    exitCode: run.exitCode,
    signal: run.signal,
    stderr: run.stderr,
    cliVersion,
  };
}

function fileOf(name: string): string {
  return join(import.meta.dirname, name);
}
