import { isCommand } from 'autoloop/task';
import * as z from 'zod/mini';

const text = (what: string, fallback = '') =>
  z._default(z.string().check(z.describe(what)), fallback);

const command = (what: string) =>
  z._default(
    z
      .string()
      .check(z.refine(isCommand, 'it is no command: a quote is not closed'), z.describe(what)),
    '',
  );

/** Own settings, for `--task-settings`. Commands are split into words as a shell would; `{target}` is the service's name. */
export const settings = z.object({
  list: command('command: prints the services (JSON, lines)'),
  file: text('file with them, in the workspace'),
  folder: text('folder with a folder for each of them', 'resources'),
  status: command('command: tells what runs; {target}: of each'),
  commandTimeout: z._default(
    z.number().check(z.gte(1), z.lte(15), z.describe('seconds that list and status may take')),
    10,
  ),
  start: command('command: starts {target} after good work'),
  validate: command('command: work on {target} has to pass it'),
  validateTimeout: z._default(
    z.number().check(z.gte(1), z.lte(86_400), z.describe('seconds that it may take')),
    600,
  ),
  only: text('names to work on, and no others'),
  prefer: text('names to put first among their like'),
});

export type ResourceSettings = z.output<typeof settings>;
