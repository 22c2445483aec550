import type { ControlAnswer } from '../../domain/control.ts';
import { AutoloopError, EXIT } from '../../domain/error.ts';
import { bytesOf, type Removal } from '../../domain/retention.ts';
import { askLoopIn } from '../../runner/control-client.ts';
import { pruneIdle } from '../../runner/prune-idle.ts';
import { dataPaths } from '../../stores/data-paths.ts';
import type { CliContext, RunCommand } from '../cli-context.ts';
import { removalsText } from '../retention/removals-text.ts';
import { retentionRules } from '../retention/retention-rules.ts';
import { loopPlace } from '../status/loop-place.ts';
import { commandFor } from '../status/next-command.ts';

/** The runner does it where one lives, by its own settings; else by those of the last run. What is given here wins. */
export const run: RunCommand = async (context, options) => {
  const place = loopPlace(context);
  const dryRun = options['dryRun'] === true;
  const paths = dataPaths(place.dataDirectory);
  const { given, rules } = retentionRules(context, { options, events: paths.events });
  const answer = await askLoopIn(paths, { command: 'prune', dryRun, rules: given });
  const command = (name: string): string => commandFor(context, place, name);
  const idle = { loop: place.loop, directory: place.dataDirectory, command };
  const removals = answer ? removedBy(answer) : await pruneIdle(idle, { dryRun, rules });
  tell(context, { removals, dryRun });
  return EXIT.ok;
};

/** Throws what the runner was refused. */
function removedBy(answer: ControlAnswer): readonly Removal[] {
  if (answer.ok) {
    return answer.removed ?? [];
  }
  const { error: message, code = EXIT.internal, fix } = answer;
  throw new AutoloopError({ code, message, ...(fix && { fix }) });
}

interface Pruned {
  readonly removals: readonly Removal[];
  readonly dryRun: boolean;
}

function tell({ globals, terminal }: CliContext, { removals, dryRun }: Pruned): void {
  if (globals.json) {
    const document = { dry_run: dryRun, bytes: bytesOf(removals), removed: removals };
    terminal.write(`${JSON.stringify(document)}\n`);
  } else if (!globals.quiet) {
    terminal.write(removalsText(removals, dryRun));
  }
}
