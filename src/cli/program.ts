import { Command, CommanderError, Option } from 'commander';
import { EXIT } from '../domain/error.ts';
import { VERSION } from '../domain/version.ts';
import type { CommandOptions, GlobalOptions, RunCommand } from './cli-context.ts';
import type { SettingDefinition } from '../config/setting-definition.ts';
import { COMMANDS, type CommandRow } from './command-table.ts';
import { writtenOut } from './shorthand.ts';

export type Asked = { readonly hasColor: boolean } & (
  | {
      readonly kind: 'command';
      readonly globals: GlobalOptions;
      readonly options: CommandOptions;
      readonly args: readonly string[];
      readonly load: () => Promise<{ readonly run: RunCommand }>;
    }
  /** Help, version, or what is wrong with the arguments. */
  | { readonly kind: 'text'; readonly text: string; readonly exitCode: number }
);

/** What the arguments ask for. Runs nothing. */
export async function readArguments(words: readonly string[]): Promise<Asked> {
  const argv = writtenOut(words, VALUED_GLOBALS);
  let asked: Asked | null = null;
  let text = '';
  const program = await createProgram(argv, (given) => {
    asked = given;
  });
  const keep = (chunk: string): void => {
    text += chunk;
  };
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({ writeOut: keep, writeErr: keep });
  }
  try {
    program.parse(withoutVainHelp(argv, program), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      throw error;
    }
    return { kind: 'text', text, exitCode: error.exitCode === 0 ? 0 : EXIT.usage, hasColor: false };
  }
  return asked ?? { kind: 'text', text, exitCode: EXIT.usage, hasColor: false };
}

/** `help` of no known command would print all there is, without a word about the name. */
function withoutVainHelp(argv: readonly string[], { commands }: Command): readonly string[] {
  const [first = '--help', name] = argv;
  const isKnown = commands.some((command) =>
    [command.name(), ...command.aliases()].includes(name ?? ''),
  );
  return first === 'help' && name !== undefined && !isKnown
    ? argv.slice(1)
    : [first, ...argv.slice(1)];
}

/** A command that the arguments do not name is only listed: its options cost more than the rest of a short command. */
async function createProgram(
  argv: readonly string[],
  take: (asked: Asked) => void,
): Promise<Command> {
  const program = new Command('autoloop')
    .description('Runs coding agents in unattended improvement loops, and survives what kills it.')
    .version(VERSION, '--version')
    .helpCommand(true)
    .showHelpAfterError('Run autoloop --help to see what there is.')
    .showSuggestionAfterError(true)
    .addHelpText('after', EPILOGUE);
  addGlobals(program);
  for (const row of COMMANDS) {
    const command = addCommand(program, row);
    if ([row.name, ...(row.aliases ?? [])].some((name) => argv.includes(name))) {
      await addOptions(command, row);
      takeWhenCalled(command, row, { program, take });
    }
  }
  return program;
}

function addCommand(program: Command, row: CommandRow): Command {
  program.commandsGroup(row.group);
  const command = program.command(row.args ? `${row.name} ${row.args}` : row.name);
  return command.summary(row.summary).aliases([...(row.aliases ?? [])]);
}

async function addOptions(command: Command, row: CommandRow): Promise<void> {
  command.description(sentence(row.summary)).allowExcessArguments(false);
  command.showHelpAfterError(`Run autoloop ${row.name} --help.`);
  row.options?.forEach(([flags, description]) => command.option(flags, description));
  row.hiddenOptions?.forEach((flags) => command.addOption(new Option(flags).hideHelp()));
  if (row.takesSettings) {
    await addSettings(command);
  }
  addGlobals(command);
}

interface Taking {
  readonly program: Command;
  readonly take: (asked: Asked) => void;
}

function takeWhenCalled(command: Command, row: CommandRow, { program, take }: Taking): void {
  command.action(() => {
    const hasColor = program.opts()['color'] !== false && command.opts()['color'] !== false;
    take({
      kind: 'command',
      globals: globalsOf({ ...program.opts(), ...definedOf(command.opts()) }),
      options: command.opts(),
      args: command.args,
      load: row.load,
      hasColor,
    });
  });
}

async function addSettings(command: Command): Promise<void> {
  const { SETTINGS, settingNames } = await import('../config/setting-definitions.ts');
  const { UNBUILT_SETTINGS } = await import('../config/unbuilt-settings.ts');
  command.optionsGroup('Settings:');
  for (const name of settingNames) {
    const { flag, placeholder, help, fallback, standsAlone }: SettingDefinition = SETTINGS[name];
    const value = standsAlone ? `[${placeholder}]` : `<${placeholder}>`;
    const shown = String(fallback ?? '') === '' ? '' : ` (default: ${String(fallback)})`;
    command.option(`--${flag} ${value}`, `${help}${shown}`);
  }
  for (const { flag } of UNBUILT_SETTINGS) {
    command.addOption(new Option(`--${flag} <value>`).hideHelp());
  }
}

/** Accepted before and after the command's name. */
function addGlobals(command: Command): void {
  command.optionsGroup('Global options:');
  const known = new Set(command.options.map((option) => option.long));
  for (const [flags, description] of GLOBALS) {
    const option = new Option(flags, description);
    if (!known.has(option.long)) {
      command.addOption(option);
    }
  }
}

const GLOBALS: readonly (readonly [flags: string, description: string])[] = [
  ['--task <name>', 'the task (LOOP_TASK)'],
  ['--prompt <file>', "prompt file instead of the task's own (PROMPT_PATH)"],
  ['--name <name>', 'name of the loop, where one task runs several'],
  ['--root <dir>', 'folder with tasks/ and data/ (AUTOLOOP_ROOT)'],
  ['--data <dir>', 'folder for runtime data (AUTOLOOP_DATA_DIR)'],
  ['--workspace <dir>', 'folder workers work in (AUTOLOOP_WORKSPACE)'],
  ['--json', 'machine-readable output on stdout'],
  ['--no-color', 'no colours'],
  ['-q, --quiet', 'only errors'],
  ['-v, --verbose', 'say more'],
];

/** `--task`, `--name`, …: what follows is their value. */
const VALUED_GLOBALS = GLOBALS.flatMap(([flags]) =>
  flags.includes('<') ? [flags.replace(/ .*/, '')] : [],
);

function globalsOf(given: Readonly<Record<string, unknown>>): GlobalOptions {
  const text = (name: string): string | null => {
    const value = given[name];
    return typeof value === 'string' ? value : null;
  };
  return {
    task: text('task'),
    prompt: text('prompt'),
    name: text('name'),
    root: text('root'),
    data: text('data'),
    workspace: text('workspace'),
    json: given['json'] === true,
    quiet: given['quiet'] === true,
    verbose: given['verbose'] === true,
  };
}

function definedOf(options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

function sentence(summary: string): string {
  return `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
}

const EPILOGUE = `
Examples:
  autoloop run --task demo                     see it work, without an account
  autoloop init && autoloop dry-run            set up a project, look first
  autoloop start --max 20 && autoloop attach   twenty iterations, watched
  autoloop run --prompt PROMPT.md --max 5      nothing but a prompt
  autoloop tasks new polish                    a task of your own

"autoloop resource …" is "autoloop --task resource-improvement …", "autoloop scenario …" is
"autoloop --task scenario-improvement …".

Exit codes:
    0 done or stopped           1 internal error      2 wrong arguments
    3 not running               4 died, unfinished  124 timed out
  129 hung up, to be resumed  130 Ctrl-C            142 usage limit
  143 ended by force          150 setting, task     151 agent missing
  152 runs already            153 disk or memory    154 network
  155 access, login           156 state             157 selection
  158 too many failures, or another cap but --max
`;
