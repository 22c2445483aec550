import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { tasksIn } from '../../config/locate-project.ts';
import { AutoloopError, EXIT } from '../../domain/error.ts';
import { collectSecrets } from '../../redaction/known-secrets.ts';
import { createRedactor } from '../../redaction/redactor.ts';
import { findInstallation } from '../../runner/installation.ts';
import type { LoopPlace } from '../../runner/locate-loop.ts';
import { openDataDirectory } from '../../stores/data-directory.ts';
import { NoteFolder } from '../../stores/note-folder.ts';
import { SystemClock } from '../../stores/system-clock.ts';
import type { CommandOptions, RunCommand } from '../cli-context.ts';
import { loopPlace } from '../status/loop-place.ts';
import { oneLine } from '../tables/text-width.ts';

/** Keeps a note for the next prompt; works whether a runner lives or not, and before the first run. */
export const run: RunCommand = async (context, options, args) => {
  const { environment, globals, terminal } = context;
  const text = noteText(args);
  const place = loopPlace(context);
  refuseStranger(place);
  const { notes } = openDataDirectory(place.dataDirectory);
  const redactor = createRedactor(collectSecrets(environment));
  const folder = new NoteFolder({ directory: notes, clock: new SystemClock(), redactor });
  const note = folder.add({ text, target: targetOf(options) });
  if (globals.json) {
    terminal.write(`${JSON.stringify(note)}\n`);
  } else {
    const prompt =
      note.target === null ? 'the next prompt' : `the next prompt on ${oneLine(note.target)}`;
    terminal.write(`Noted for ${prompt} of loop "${place.loop}".\n`);
    if (note.text !== text) {
      terminal.notice('It held what looks like a secret; that part was replaced.');
    }
  }
  return EXIT.ok;
};

/** A note for a slip of the pen would be read by nobody. */
function refuseStranger({ dataDirectory, root, task, loop }: LoopPlace): void {
  const tasks = [join(root, 'tasks'), findInstallation().shippedTasks].flatMap(tasksIn);
  if (!existsSync(dataDirectory) && !tasks.includes(task)) {
    throw new AutoloopError({
      code: EXIT.configuration,
      message: `There is no task "${task}", and no loop "${loop}" has data.`,
      fix: `Name one of them with --task: ${tasks.join(', ')}.`,
    });
  }
}

function noteText(args: readonly string[]): string {
  const text = args.join(' ').trim();
  if (text === '') {
    throw new AutoloopError({
      code: EXIT.usage,
      message: 'The note is empty.',
      fix: 'Write what the agent is to know: autoloop note "Leave the tests alone"',
    });
  }
  return text;
}

function targetOf({ target }: CommandOptions): string | null {
  return typeof target === 'string' && target.trim() !== '' ? target : null;
}
