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
  unbuilt('max-cost', 'MAX_COST_USD', []),
  unbuilt('max-tokens', 'MAX_TOKENS', []),
  unbuilt('max-runtime', 'MAX_RUNTIME', []),
  unbuilt('max-limit-wait', 'MAX_LIMIT_WAIT', []),
  unbuilt('fallback-agents', 'FALLBACK_AGENTS', ['']),
  unbuilt('checkpoint', 'CHECKPOINT', ['off']),
  unbuilt('summary-model', 'OLLAMA_SUMMARY_MODEL', ['']),
];

function unbuilt(flag: string, env: string, harmless: readonly string[]): UnbuiltSetting {
  return { flag, env, harmless, placeholder: 'value' };
}
