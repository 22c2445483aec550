/** How far an agent may go. */
export type Mode = 'plan' | 'apply-safe' | 'apply';

export const MODE_NAMES: readonly Mode[] = ['plan', 'apply-safe', 'apply'];

/** What a mode leaves of an agent's permissions. */
export interface ModeBounds {
  readonly permissionMode: string;
  /** Tools that may be allowed, by Claude Code's names. */
  readonly tools: readonly string[];
}

const READING = ['Read', 'LS', 'Glob', 'Grep'];

/** null: `apply` bounds nothing, it goes by `--permission-mode` and `--allowed-tools` alone. */
export const MODES: Readonly<Record<Mode, ModeBounds | null>> = {
  plan: { permissionMode: 'plan', tools: READING },
  'apply-safe': { permissionMode: 'acceptEdits', tools: [...READING, 'Write', 'Edit'] },
  apply: null,
};

export function boundsOf(mode: Mode | null): ModeBounds | null {
  return mode === null ? null : MODES[mode];
}
