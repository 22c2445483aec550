import { join } from 'node:path';
import { locateProject } from '../../config/locate-project.ts';
import type { LoopAddress } from '../../runner/read-status.ts';
import type { CliContext } from '../cli-context.ts';
import { loopRequest } from '../loop-request.ts';
import { loopsIn } from '../status/all-loops.ts';
import { loopPlace } from '../status/loop-place.ts';
import { taskOfFolder } from '../status/task-of-folder.ts';

export interface ReportPlaces {
  readonly loops: readonly LoopAddress[];
  /** Where the report lies by itself: no part of what loops work on. */
  readonly directory: string;
}

/** Throws AutoloopError 150 where no task can be told. */
export function reportPlaces(context: CliContext, isAll: boolean): ReportPlaces {
  if (!isAll) {
    const place = loopPlace(context);
    return { loops: [place], directory: place.dataDirectory };
  }
  const { data } = locateProject(loopRequest(context));
  const loops = loopsIn(data).map((loop) => {
    const dataDirectory = join(data, loop);
    return { loop, task: taskIn(dataDirectory) ?? loop, dataDirectory };
  });
  return { loops, directory: data };
}

/** null: nobody tells, or it cannot be read, which is told where its report would stand. */
function taskIn(directory: string): string | null {
  try {
    return taskOfFolder(directory);
  } catch {
    return null;
  }
}
