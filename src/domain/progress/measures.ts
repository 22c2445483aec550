/** What a task says of its progress after an iteration. What it leaves out is not known. */
export interface Measures {
  /** How much of what is required is there now, as counted in a PRD.md. */
  readonly prd?: { readonly done: number; readonly total: number };
  /** Of this iteration; they are added up. */
  readonly issuesFixed?: number;
  readonly resourcesImproved?: number;
  readonly scenariosValidated?: number;
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
}

export function foldProgress(before: Progress | null, measures: Measures): Progress {
  const { prd, issuesFixed, resourcesImproved, scenariosValidated } = measures;
  return {
    prd_completion_percentage: prd?.total
      ? Math.round((100_000 * prd.done) / prd.total) / 1_000
      : (before?.prd_completion_percentage ?? null),
    issues_fixed: added(before?.issues_fixed, issuesFixed),
    resources_improved: added(before?.resources_improved, resourcesImproved),
    scenarios_validated: added(before?.scenarios_validated, scenariosValidated),
  };
}

function added(before: number | null | undefined, more: number | undefined): number | null {
  return more === undefined ? (before ?? null) : (before ?? 0) + more;
}
