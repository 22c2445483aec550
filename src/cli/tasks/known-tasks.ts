import { join } from 'node:path';
import { locateProject, tasksIn } from '../../config/locate-project.ts';
import { findInstallation } from '../../runner/installation.ts';
import type { CliContext } from '../cli-context.ts';
import { loopRequest } from '../loop-request.ts';

export interface KnownTasks {
  /** Holds `tasks/`. */
  readonly root: string;
  /** Names, sorted. */
  readonly project: readonly string[];
  /** Without those that the project has one of its own for. */
  readonly shipped: readonly string[];
}

export function knownTasks(context: CliContext): KnownTasks {
  const { root } = locateProject(loopRequest(context));
  const project = tasksIn(join(root, 'tasks'));
  const shipped = tasksIn(findInstallation().shippedTasks).filter(
    (name) => !project.includes(name),
  );
  return { root, project, shipped };
}
