/** What a task says of its progress after an iteration. What it leaves out is not known. */
export interface Measures {
  /** How much of what is required is there now, as counted in a PRD.md. */
  readonly prd?: { readonly done: number; readonly total: number };
  /** Of this iteration; they are added up. */
  readonly issuesFixed?: number;
  readonly resourcesImproved?: number;
  readonly scenariosValidated?: number;
  /** Items of P0 and P1 that this iteration brought. */
  readonly capabilitiesAdded?: number;
  /** How many of the resources there are work. */
  readonly resourcesHealthy?: { readonly healthy: number; readonly total: number };
  /** How many of the scenarios there are pass their conversion and run. */
  readonly scenariosValid?: { readonly valid: number; readonly total: number };
  /** Whether this iteration's work left its target, where the task knows better than the agent's report. */
  readonly drifted?: boolean;
  /** Folders and files that belong to the target, as seen from the workspace: work elsewhere has left it. */
  readonly ownPaths?: readonly string[];
}

/** `progress` of `summary.json`: totals, and the last percentage known. null: never measured. */
export interface Progress {
  readonly prd_completion_percentage: number | null;
  readonly issues_fixed: number | null;
  readonly resources_improved: number | null;
  readonly scenarios_validated: number | null;
  readonly capabilities_added: number | null;
  readonly resources_healthy_percentage: number | null;
  readonly scenarios_valid_percentage: number | null;
}

export function foldProgress(before: Progress | null, measures: Measures): Progress {
  const { prd, issuesFixed, resourcesImproved, scenariosValidated } = measures;
  const { resourcesHealthy, scenariosValid, capabilitiesAdded } = measures;
  return {
    prd_completion_percentage:
      percentage(prd?.done, prd?.total) ?? before?.prd_completion_percentage ?? null,
    issues_fixed: added(before?.issues_fixed, issuesFixed),
    resources_improved: added(before?.resources_improved, resourcesImproved),
    scenarios_validated: added(before?.scenarios_validated, scenariosValidated),
    capabilities_added: added(before?.capabilities_added, capabilitiesAdded),
    resources_healthy_percentage:
      percentage(resourcesHealthy?.healthy, resourcesHealthy?.total) ??
      before?.resources_healthy_percentage ??
      null,
    scenarios_valid_percentage:
      percentage(scenariosValid?.valid, scenariosValid?.total) ??
      before?.scenarios_valid_percentage ??
      null,
  };
}

function percentage(part: number | undefined, total: number | undefined): number | null {
  return part === undefined || !total ? null : Math.round((100_000 * part) / total) / 1_000;
}

function added(before: number | null | undefined, more: number | undefined): number | null {
  return more === undefined ? (before ?? null) : (before ?? 0) + more;
}
