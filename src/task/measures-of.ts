import type * as z from 'zod/mini';
import type { Measures } from '../domain/progress/measures.ts';
import type { measures } from './hook-schemas.ts';

/** What `measure` returned, without what it left undefined; its paths as seen from the workspace. */
export function measuresOf(
  measured: NonNullable<z.output<typeof measures>>,
  workspace: string,
): Measures {
  const { prd, issuesFixed, resourcesImproved, scenariosValidated, drifted, ownPaths } = measured;
  const { capabilitiesAdded, resourcesHealthy, scenariosValid } = measured;
  return {
    ...(prd === undefined ? {} : { prd }),
    ...(issuesFixed === undefined ? {} : { issuesFixed }),
    ...(resourcesImproved === undefined ? {} : { resourcesImproved }),
    ...(scenariosValidated === undefined ? {} : { scenariosValidated }),
    ...(capabilitiesAdded === undefined ? {} : { capabilitiesAdded }),
    ...(resourcesHealthy && { resourcesHealthy }),
    ...(scenariosValid && { scenariosValid }),
    ...(drifted === undefined ? {} : { drifted }),
    ...(ownPaths && { ownPaths: ownPaths.map((path) => pathIn(workspace, path)) }),
  };
}

function pathIn(directory: string, path: string): string {
  return `${path}/`.startsWith(`${directory}/`) ? path.slice(directory.length + 1) || '.' : path;
}
