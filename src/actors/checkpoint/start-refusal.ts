import type { Repository } from './repository.ts';
import { unfinishedBusiness } from './repository.ts';

/** Why no worker may start in a repository, and what mends it. */
export interface StartRefusal {
  readonly why: string;
  readonly fix: string;
}

/** What stands in the way whatever lies there. Only looks. */
export async function repositoryRefusal(repository: Repository): Promise<StartRefusal | null> {
  const { git, prefix, top } = repository;
  const business = unfinishedBusiness(repository);
  if (business !== null) {
    return {
      why: `the repository ${top} is in the middle of ${business}`,
      fix: 'finish it, or abort it',
    };
  }
  // The one command that knows no literal paths; it takes this one as it is.
  const call = { env: { GIT_LITERAL_PATHSPECS: '0' } };
  const asked = ['check-ignore', '--quiet', '--no-index', prefix];
  const isIgnored = prefix !== '' && (await git.perhaps(asked, call)) !== null;
  return isIgnored
    ? {
        why: `the repository ${top} ignores the workspace ${prefix}`,
        fix: 'work in a repository of its own (git init there), or do not ignore it',
      }
    : null;
}

export const CONFLICTS: StartRefusal = {
  why: 'the index holds conflicts that are not resolved',
  fix: 'resolve them, or take them back (git reset)',
};

/** null: everything is committed. */
export function dirtyRefusal(paths: readonly string[]): StartRefusal | null {
  const it = paths.length === 1 ? 'it' : 'them';
  return paths.length === 0
    ? null
    : {
        why: `${listed(paths)} not committed`,
        fix: `commit or stash ${it}, or take ${it} along with --dirty-start carry`,
      };
}

const MOST_LISTED = 5;

function listed(paths: readonly string[]): string {
  const more = paths.length - MOST_LISTED;
  const rest = more > 0 ? ` and ${more} more are` : paths.length === 1 ? ' is' : ' are';
  return `${paths.slice(0, MOST_LISTED).join(', ')}${rest}`;
}
