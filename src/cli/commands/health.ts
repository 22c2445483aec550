import { locateProject } from '../../config/locate-project.ts';
import { readUserConfig } from '../../config/user-config.ts';
import { describeError, EXIT } from '../../domain/error.ts';
import type { LoopPlace } from '../../runner/locate-loop.ts';
import type { CliContext, RunCommand } from '../cli-context.ts';
import { attempted } from '../health/attempted.ts';
import { diskFloor } from '../health/disk-floor.ts';
import { fail, ok, warn, type Finding } from '../health/finding.ts';
import { findingsTable } from '../health/findings-table.ts';
import { folderFindings } from '../health/folder-findings.ts';
import { loopFindings } from '../health/loop-findings.ts';
import { machineFindings } from '../health/machine-findings.ts';
import { taskFindings } from '../health/task-findings.ts';
import { loopRequest } from '../loop-request.ts';
import { loopPlace } from '../status/loop-place.ts';

/** Looks at every precondition and says what mends it. Needs no task: without one it looks at the rest. */
export const run: RunCommand = async (context, options) => {
  const request = loopRequest(context, options);
  const findings = [
    ...machineFindings(),
    ...(await folderFindings({ ...locateProject(request), floorMb: await diskFloor(request) })),
    await attempted('user config', () => configFinding(context)),
  ];
  const place = placeOrFinding(context);
  if ('dataDirectory' in place) {
    findings.push(...(await taskFindings(request, place)), ...(await loopFindings(context, place)));
  } else {
    findings.push(place);
  }
  const isReady = findings.every(({ status }) => status !== 'fail');
  context.terminal.write(
    context.globals.json
      ? `${JSON.stringify({ ok: isReady, checks: findings })}\n`
      : findingsTable(context, findings),
  );
  return isReady ? EXIT.ok : EXIT.internal;
};

function configFinding({ environment }: CliContext): Finding {
  const { path, values } = readUserConfig(environment);
  const count = Object.keys(values).length;
  return ok('user config', count === 0 ? 'nothing set' : `${count} set in ${path}`);
}

/** That no task was named is no trouble here; that one was named wrongly is. */
function placeOrFinding(context: CliContext): LoopPlace | Finding {
  try {
    return loopPlace(context);
  } catch (error) {
    const { message, fix } = describeError(error);
    return context.globals.task === null && context.globals.name === null
      ? warn(
          'task',
          `${message} What depends on it was not looked at.`,
          fix ?? 'Name one with --task.',
        )
      : fail('task', message, fix);
  }
}
