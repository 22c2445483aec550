import { resolveSettings } from '../../config/resolve-settings.ts';
import { readUserConfig } from '../../config/user-config.ts';
import type { ControlAnswer } from '../../domain/control.ts';
import { AutoloopError, EXIT } from '../../domain/error.ts';
import type { Rotation, RotationRequest } from '../../domain/rotation.ts';
import { askLoopIn } from '../../runner/control-client.ts';
import { rotateIdle } from '../../runner/rotate-idle.ts';
import { dataPaths } from '../../stores/data-paths.ts';
import type { CliContext, CommandOptions, RunCommand } from '../cli-context.ts';
import { loopPlace } from '../status/loop-place.ts';
import { commandFor } from '../status/next-command.ts';
import { bytesText } from '../tables/amount-text.ts';

/** The runner does it where one lives, as the files are its own. */
export const run: RunCommand = async (context, options) => {
  const place = loopPlace(context);
  const request = { eventsOnly: options['events'] === true, keep: keepOf(context, options) };
  const asked: RotationRequest = { ...request, keep: isAsked(options) ? request.keep : null };
  const answer = await askLoopIn(dataPaths(place.dataDirectory), { command: 'rotate', ...asked });
  const command = (name: string): string => commandFor(context, place, name);
  const idle = { loop: place.loop, directory: place.dataDirectory, command };
  const rotations = answer === null ? await rotateIdle(idle, request) : rotationsOf(answer);
  tell(context, rotations);
  return EXIT.ok;
};

/** Throws what the runner was refused. */
function rotationsOf(answer: ControlAnswer): readonly Rotation[] {
  if (answer.ok) {
    return answer.rotated ?? [];
  }
  const { error: message, code = EXIT.internal, fix } = answer;
  throw new AutoloopError({ code, message, ...(fix && { fix }) });
}

function tell(context: CliContext, rotations: readonly Rotation[]): void {
  if (context.globals.json) {
    context.terminal.write(`${JSON.stringify({ rotated: rotations })}\n`);
  } else if (!context.globals.quiet) {
    const lines = rotations.map(describe);
    const text = lines.length === 0 ? 'There is nothing to rotate.' : lines.join('\n');
    context.terminal.write(`${text}\n`);
  }
}

function describe({ file, bytes, pruned }: Rotation): string {
  const parts = [
    ...(bytes === 0 ? [] : [`${file} → ${file}.1 (${bytesText(bytes)})`]),
    ...(pruned.length === 0 ? [] : [`removed ${pruned.join(', ')}`]),
  ];
  return parts.join('; ');
}

function isAsked(options: CommandOptions): boolean {
  return options['keep'] !== undefined;
}

/** Of an idle loop's task nothing is known here: its defaults do not count. */
function keepOf({ environment }: CliContext, options: CommandOptions): number {
  const flags = isAsked(options) ? { rotateKeep: String(options['keep']) } : {};
  const task = { name: '', defaults: {} };
  const sources = { flags, environment, task, user: readUserConfig(environment) };
  return resolveSettings(sources, () => 0).settings.rotateKeep;
}
