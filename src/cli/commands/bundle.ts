import { resolve } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { AutoloopError, EXIT } from '../../domain/error.ts';
import { collectSecrets } from '../../redaction/known-secrets.ts';
import { createRedactor } from '../../redaction/redactor.ts';
import { chooseRun } from '../../runner/replay/choose-run.ts';
import { dataPaths } from '../../stores/data-paths.ts';
import { replaceFile } from '../../stores/durable-file.ts';
import type { RunCommand } from '../cli-context.ts';
import { bundleFiles } from '../bundle/bundle-files.ts';
import { sayEmpty } from '../history/empty-history.ts';
import { loopPlace } from '../status/loop-place.ts';
import { bytesText } from '../tables/amount-text.ts';
import { pathText } from '../tables/path-text.ts';
import { writeOutput } from '../write-output.ts';

/** A run in one redacted archive that replays on another machine: what a bug report needs. */
export const run: RunCommand = async (context, { run: asked, output }) => {
  if (output === '-' && process.stdout.isTTY) {
    throw new AutoloopError({
      code: EXIT.usage,
      message: 'An archive is nothing that a terminal could show.',
      fix: 'Name a file (-o FILE), or send it on: autoloop bundle -o - | …',
    });
  }
  const place = loopPlace(context);
  const paths = dataPaths(place.dataDirectory);
  const runId = chooseRun(paths, typeof asked === 'string' ? asked : null);
  if (runId === null) {
    await sayEmpty(context, place, 'journal');
    return EXIT.ok;
  }
  const { redactValue } = createRedactor(collectSecrets(context.environment));
  const files = await bundleFiles({ place, paths, runId, redactValue });
  const archive = zipSync(
    Object.fromEntries([...files].map(([name, text]) => [name, strToU8(text)])),
  );
  if (output === '-') {
    process.stdout.write(archive);
    return EXIT.ok;
  }
  const name = typeof output === 'string' ? output : `autoloop-${place.loop}-${runId}.zip`;
  const path = resolve(context.cwd, name);
  writeOutput(() => replaceFile(path, archive));
  const { globals, terminal, cwd } = context;
  const shown = pathText(path, cwd);
  if (globals.json) {
    const told = { path, run_id: runId, bytes: archive.length, files: [...files.keys()] };
    terminal.write(`${JSON.stringify(told)}\n`);
    return EXIT.ok;
  }
  terminal.write(`Bundle: ${shown} (${bytesText(archive.length)}, run ${runId})\n`);
  terminal.notice(
    'It holds journal, snapshots, events, log, figures, settings and versions, redacted; no prompt, and of an agent no more than its last words. Look before you send it: names of targets and paths are in it.',
  );
  terminal.notice(`Replay it anywhere: autoloop replay --from ${shown}`);
  return EXIT.ok;
};
