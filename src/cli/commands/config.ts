import type { SettingDefinition } from '../../config/setting-definition.ts';
import { SETTINGS, settingNames } from '../../config/setting-definitions.ts';
import {
  definitionOf,
  readUserConfig,
  setUserConfig,
  unsetUserConfig,
} from '../../config/user-config.ts';
import { AutoloopError, EXIT } from '../../domain/error.ts';
import type { CliContext, RunCommand } from '../cli-context.ts';
import { ownSettingFacts, ownSettingsTable } from '../tasks/own-setting-table.ts';
import { paintFor } from '../tables/paint.ts';
import { valueText } from '../tables/value-text.ts';
import { renderTable, type Column } from '../tables/table.ts';

/** The user's defaults for settings, for every project. Flags, environment and tasks win over them. */
export const run: RunCommand = async (context, _options, args) => {
  const [name = 'list', ...rest] = args;
  const action = ACTIONS[name];
  if (!action || rest.length !== action.takes) {
    throw wrongUse(name, action?.usage ?? null);
  }
  await action.run(context, rest);
  return EXIT.ok;
};

interface Action {
  readonly takes: number;
  readonly usage: string;
  readonly run: (context: CliContext, args: readonly string[]) => void | Promise<void>;
}

const ACTIONS: Readonly<Record<string, Action>> = {
  list: { takes: 0, usage: 'autoloop config list', run: list },
  get: { takes: 1, usage: 'autoloop config get interval', run: get },
  set: { takes: 2, usage: 'autoloop config set interval 60', run: set },
  unset: { takes: 1, usage: 'autoloop config unset interval', run: unset },
  path: { takes: 0, usage: 'autoloop config path', run: path },
};

interface Row {
  readonly key: string;
  readonly value: unknown;
  readonly fallback: unknown;
  readonly help: string;
}

async function list(context: CliContext): Promise<void> {
  const { values: kept, path: file } = readUserConfig(context.environment);
  const values = maskedValues(kept);
  const ofTask = await ownSettingFacts(context);
  if (context.globals.json && ofTask !== null) {
    const document = { settings: values, taskSettings: ofTask };
    context.terminal.write(`${JSON.stringify(document)}\n`);
    return;
  }
  if (context.globals.json) {
    context.terminal.write(`${JSON.stringify(values)}\n`);
    return;
  }
  const paint = paintFor(context.terminal);
  const columns: Column<Row>[] = [
    { title: 'SETTING', cell: ({ key }) => key },
    { title: 'YOURS', cell: ({ value }) => shown(value), paint: (cell) => paint.bold(cell) },
    { title: 'DEFAULT', cell: ({ fallback }) => shown(fallback), shrinks: true },
    { title: 'WHAT IT IS', cell: ({ help }) => help, shrinks: true },
  ];
  const known = settingNames.map((name) => SETTINGS[name]);
  const rows = known.map(({ flag, fallback, help }) => ({
    key: flag,
    value: values[flag],
    fallback,
    help,
  }));
  const strange = Object.keys(values).filter((key) => !known.some(({ flag }) => flag === key));
  context.terminal.write(
    renderTable(columns, rows, { columns: context.terminal.columns, heading: paint.bold }),
  );
  context.terminal.write(ownSettingsTable(context, ofTask));
  strange.forEach((key) =>
    context.terminal.notice(
      `${file} sets "${key}", which is no setting of this version: autoloop config unset ${key}`,
    ),
  );
}

function get({ environment, globals, terminal }: CliContext, [key = '']: readonly string[]): void {
  const { fallback } = definitionOf(key);
  const value = maskedValues(readUserConfig(environment).values)[key] ?? null;
  if (globals.json) {
    terminal.write(`${JSON.stringify({ key, value, default: fallback })}\n`);
  } else if (value === null) {
    terminal.notice(`${key} is not set; its default is ${shown(fallback)}.`);
  } else {
    terminal.write(`${shown(value)}\n`);
  }
}

async function set(
  { environment, globals, terminal }: CliContext,
  [key = '', text = '']: readonly string[],
): Promise<void> {
  await setUserConfig(environment, key, text);
  const value = definitionOf(key).mask?.(text) ?? text;
  terminal.write(
    globals.json ? `${JSON.stringify({ key, value })}\n` : `${key} is now ${shown(value)}.\n`,
  );
}

async function unset(
  { environment, globals, terminal }: CliContext,
  [key = '']: readonly string[],
): Promise<void> {
  const wasSet = readUserConfig(environment).values[key] !== undefined;
  if (wasSet) {
    await unsetUserConfig(environment, key);
  } else {
    definitionOf(key);
  }
  const words = wasSet ? `${key} is no longer set.` : `${key} was not set.`;
  terminal.write(globals.json ? `${JSON.stringify({ key, value: null })}\n` : `${words}\n`);
}

function path({ environment, globals, terminal }: CliContext): void {
  const file = readUserConfig(environment).path;
  terminal.write(globals.json ? `${JSON.stringify({ path: file })}\n` : `${file}\n`);
}

/** What may hold secrets is in the file; here it is only recognized. */
function maskedValues(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const definitions = settingNames.map((name): SettingDefinition => SETTINGS[name]);
  const entries = Object.entries(values).map(([key, value]) => {
    const mask = definitions.find(({ flag }) => flag === key)?.mask;
    return [key, mask === undefined ? value : maskedValue(value, mask)] as const;
  });
  return Object.fromEntries(entries);
}

function maskedValue(value: unknown, mask: (text: string) => string): unknown {
  return Array.isArray(value) ? value.map((item) => mask(String(item))) : mask(String(value));
}

function shown(value: unknown): string {
  return value === '' ? '(empty)' : valueText(value);
}

function wrongUse(name: string, usage: string | null): AutoloopError {
  return new AutoloopError({
    code: EXIT.usage,
    message:
      usage === null
        ? `There is no "autoloop config ${name}".`
        : `"autoloop config ${name}" takes other arguments.`,
    fix: usage === null ? `Choose one of: ${Object.keys(ACTIONS).join(', ')}.` : `As in: ${usage}`,
  });
}
