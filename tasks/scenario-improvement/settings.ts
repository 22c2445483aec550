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

const seconds = (what: string, most: number, fallback: number) =>
  z._default(z.number().check(z.gte(1), z.lte(most), z.describe(what)), fallback);

/** Own settings, for `--task-settings`. Commands are split into words as a shell would; `{target}` is the scenario's name. */
export const settings = z.object({
  folder: text('folder with a folder for each scenario', 'scenarios'),
  validate: command('command: work on {target} has to pass it'),
  validateTimeout: seconds('seconds that it may take', 86_400, 600),
  start: command('command: starts {target} after good work'),
  only: text('names to work on, and no others'),
  prefer: text('names to put first'),
  rankModel: text('model of Ollama that ranks them; none: off'),
  rankTimeout: seconds('seconds that its ranking may take', 45, 20),
  goals: text('what to aim at, for that model and the agent'),
});

export type ScenarioSettings = z.output<typeof settings>;
