/** A setting of the contract whose effect is not built yet: refused unless it asks for what holds anyway. */
export interface UnbuiltSetting {
  /** Without dashes. */
  readonly flag: string;
  readonly env: string;
  /** Values that change nothing. */
  readonly harmless: readonly string[];
  readonly placeholder: string;
}

export const UNBUILT_SETTINGS: readonly UnbuiltSetting[] = [
  unbuilt('workers', 'MAX_CONCURRENT_WORKERS', ['1']),
  unbuilt('workspace-mode', 'WORKSPACE_MODE', ['shared']),
];

function unbuilt(flag: string, env: string, harmless: readonly string[]): UnbuiltSetting {
  return { flag, env, harmless, placeholder: 'value' };
}
