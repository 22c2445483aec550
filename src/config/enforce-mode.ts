import { AutoloopError, EXIT } from '../domain/error.ts';
import { boundsOf, MODE_NAMES, type ModeBounds } from '../domain/mode.ts';
import type { ResolvedSetting } from '../domain/settings.ts';

/**
 * Lets `--mode` bound what the permission settings allow, whoever set them: it narrows, and never widens. A flag that asks
 * for more is a contradiction. Throws AutoloopError 150.
 */
export function enforceMode(resolved: readonly ResolvedSetting[]): readonly ResolvedSetting[] {
  const asked = resolved.find(({ name }) => name === 'mode');
  const mode = MODE_NAMES.find((name) => name === asked?.value) ?? null;
  const bounds = boundsOf(mode);
  return asked === undefined || bounds === null
    ? resolved
    : resolved.map((setting) => bounded(setting, { asked, bounds }));
}

interface Bounding {
  readonly asked: ResolvedSetting;
  readonly bounds: ModeBounds;
}

function bounded(setting: ResolvedSetting, { asked, bounds }: Bounding): ResolvedSetting {
  const value = boundedValue(setting, bounds);
  if (String(value) === String(setting.value)) {
    return setting;
  }
  if (setting.source === 'flag') {
    throw new AutoloopError({
      code: EXIT.configuration,
      message: `${setting.from} allows more than the mode "${String(asked.value)}" (${asked.from}).`,
      fix: `Leave ${setting.from} out, or let the agent go further: --mode apply`,
    });
  }
  return { name: setting.name, value, source: asked.source, from: `mode of ${asked.from}` };
}

function boundedValue({ name, value }: ResolvedSetting, bounds: ModeBounds) {
  if (name === 'permissionMode') {
    return value === 'plan' ? value : bounds.permissionMode;
  }
  return name === 'allowedTools' && Array.isArray(value)
    ? boundedTools(value.map(String), bounds)
    : value;
}

/** Nothing named means an agent's own choice, which may be all of its tools. */
function boundedTools(tools: readonly string[], { tools: allowed }: ModeBounds): readonly string[] {
  const kept = tools.filter((tool) => allowed.includes(tool.replace(/\(.*/s, '')));
  return kept.length === 0 ? allowed : kept;
}
