import type { Git } from './git.ts';
import type { Repository } from './repository.ts';

/** Which iteration a commit of ours belongs to. */
export interface IterationMark {
  readonly task: string;
  readonly runId: string;
  readonly iteration: number;
  readonly target: string | null;
}

/** A paragraph of the message; the last one, unless a hook adds another. */
export function trailers({ task, iteration, target, runId }: IterationMark): string {
  return [
    `Autoloop-Task: ${task}`,
    `Autoloop-Iteration: ${iteration}`,
    ...(target === null ? [] : [`Autoloop-Target: ${target}`]),
    `Autoloop-Run: ${runId}`,
  ].join('\n');
}

export function isOf(message: string, { task, runId, iteration }: IterationMark): boolean {
  const asked = [`Autoloop-Task: ${task}`, `Autoloop-Iteration: ${iteration}`];
  const wanted = [...asked, `Autoloop-Run: ${runId}`];
  return message.split(/\n\s*\n/).some((paragraph) => {
    const lines = new Set(paragraph.split('\n').map((line) => line.trimEnd()));
    return wanted.every((line) => lines.has(line));
  });
}

/** A commit that nobody but us is to see: no hook, no signature, our own name. */
export async function plainCommit(
  git: Git,
  { tree, parents, message }: { tree: string; parents: readonly string[]; message: string },
): Promise<string> {
  const from = parents.flatMap((parent) => ['-p', parent]);
  return git.line(['commit-tree', tree, ...from], { input: message, env: OUR_NAME });
}

const OUR_NAME = {
  GIT_AUTHOR_NAME: 'autoloop',
  GIT_AUTHOR_EMAIL: 'autoloop@localhost',
  GIT_COMMITTER_NAME: 'autoloop',
  GIT_COMMITTER_EMAIL: 'autoloop@localhost',
};

/** Who commits: whoever git takes for the user; where it takes nobody, autoloop. */
export async function committer(git: Git): Promise<Readonly<Record<string, string>>> {
  try {
    await git.run(['var', 'GIT_COMMITTER_IDENT']);
    await git.run(['var', 'GIT_AUTHOR_IDENT']);
    return {};
  } catch {
    return OUR_NAME;
  }
}

export type KeptKind = 'accepted' | 'discarded' | 'pending';

/**
 * Names a commit `refs/autoloop/<kind>/<iteration>`, and never takes a name that is another one's: then `-2`, `-3`, …
 * follows. The same tree of the same iteration is kept once.
 */
export async function keepAs(
  { git, emptyTree }: Repository,
  kept: { kind: KeptKind; commit: string; mark: IterationMark },
): Promise<string> {
  const { kind, commit, mark } = kept;
  const tree = await git.line(['rev-parse', `${commit}^{tree}`]);
  for (let copy = 1; ; copy += 1) {
    const suffix = copy === 1 ? '' : `-${copy}`;
    const ref = `refs/autoloop/${kind}/${mark.iteration}${suffix}`;
    const there = await git.perhaps(['rev-parse', '--verify', '--quiet', ref]);
    if (there === null) {
      const nothing = '0'.repeat(emptyTree.length);
      await git.run(['update-ref', ref, commit, nothing]);
      return ref;
    }
    const [itsTree, message] = await treeAndMessage(git, there);
    if (there === commit || (itsTree === tree && isOf(message, mark))) {
      return ref;
    }
  }
}

/** The first ref of that kind that holds work of the iteration; null: there is none. */
export async function findKept(
  { git }: Repository,
  { kind, mark }: { readonly kind: KeptKind; readonly mark: IterationMark },
): Promise<string | null> {
  const place = `refs/autoloop/${kind}/${mark.iteration}`;
  const format = '--format=%(refname)%00%(contents)%00';
  const fields = (await git.run(['for-each-ref', format, place, `${place}-*`])).split('\0');
  const at = fields.findIndex((message, index) => index % 2 === 1 && isOf(message, mark));
  return at === -1 ? null : (fields[at - 1] ?? '').trim();
}

async function treeAndMessage(git: Git, commit: string): Promise<[string, string]> {
  const [tree = '', message = ''] = (
    await git.run(['log', '-1', '--no-show-signature', '--format=%T%x00%B', commit])
  ).split('\0');
  return [tree, message];
}
