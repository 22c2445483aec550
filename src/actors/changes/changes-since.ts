import type { AttemptInput } from '../../domain/loop-work.ts';
import { checkpointScope } from '../checkpoint/checkpoint-scope.ts';
import type { LoopWorld } from '../loop-world.ts';
import { changesBetween } from './changes-between.ts';
import { commitsBetween } from './commits-between.ts';
import { fromWorkspace } from './from-workspace.ts';
import { readLook, redacted, type KeptLook } from './kept-look.ts';
import { lookAtWorkspace, type LookOrder } from './look-at-workspace.ts';
import { lookOrder } from './look-order.ts';
import type { WorkspaceLook } from './workspace-look.ts';

export interface Since {
  /** What is another now than before the iteration, as seen from the workspace; redacted. null: not known, or not wanted. */
  readonly paths: readonly string[] | null;
  /** Of the workspace as it is. null: likewise. */
  readonly mark: string | null;
}

export interface Wanted {
  readonly paths: boolean;
  readonly mark: boolean;
}

/** What an iteration has changed so far: by its checkpoint, or by what git told before it and tells now. */
export async function changesSince(
  world: LoopWorld,
  input: AttemptInput,
  { wanted, signal }: { readonly wanted: Wanted; readonly signal: AbortSignal },
): Promise<Since> {
  const hasCheckpoint = world.settings.checkpoint !== 'off';
  const before = wanted.paths && !hasCheckpoint ? readLook(world, input.iteration) : null;
  const order = lookOrder(world, input, signal);
  const look = wanted.mark || before !== null ? await lookAtWorkspace(order) : null;
  const paths =
    wanted.paths && hasCheckpoint
      ? await changedByCheckpoint(world, input, signal)
      : await pathsBetween(before, { look, order, redact: world.redact });
  return { paths: paths?.map((path) => world.redact(path)) ?? null, mark: look?.mark ?? null };
}

async function changedByCheckpoint(
  world: LoopWorld,
  input: AttemptInput,
  signal: AbortSignal,
): Promise<readonly string[] | null> {
  const { changedPaths } = await import('../checkpoint/changed-paths.ts');
  return changedPaths(checkpointScope(world, input, signal));
}

interface Now {
  readonly look: WorkspaceLook | null;
  readonly order: LookOrder;
  readonly redact: (text: string) => string;
}

async function pathsBetween(
  before: KeptLook | null,
  { look, order, redact }: Now,
): Promise<readonly string[] | null> {
  if (before === null || !look?.files) {
    return null;
  }
  const commits = await commitsBetween(before.head, { look, order });
  return commits === null
    ? null
    : changesBetween({
        before: before.files,
        after: redacted(look.files, redact),
        moved: redacted(commits, redact),
      }).map((path) => fromWorkspace(path, look.prefix));
}
