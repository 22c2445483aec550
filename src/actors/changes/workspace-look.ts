/** What git tells of a workspace at a moment; ignored files and what lies in nested repositories are no part of it. */
export interface WorkspaceLook {
  /** null: nothing was committed yet. */
  readonly head: string | null;
  /** By path below the repository's top: what is not as the last commit has it. null: too much to be remembered. */
  readonly files: ReadonlyMap<string, DirtyFile> | null;
  /** The same as long as nothing changes. */
  readonly mark: string;
  /** Of the repository, absolute. */
  readonly top: string;
  /** From the top to the workspace, with a slash at its end; empty: it is the top. */
  readonly prefix: string;
}

/** Mode and content id, as git has them; empty: not there. */
export interface DirtyFile {
  readonly is: string;
  /** In the last commit. */
  readonly was: string;
}
