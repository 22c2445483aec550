import { resolveSettings } from '../../config/resolve-settings.ts';
import { SETTINGS } from '../../config/setting-definitions.ts';
import { readUserConfig } from '../../config/user-config.ts';
import type { LoopRequest } from '../../runner/loop-request.ts';
import { prepareLoop } from '../../runner/prepare-loop.ts';

/** `--min-free-mb` as a run would have it; without a task, as far as it can be told. Settings that are wrong are told elsewhere. */
export async function diskFloor(request: LoopRequest): Promise<number> {
  const floors = [
    async () => (await prepareLoop(request)).settings,
    async () => settingsWithoutTask(request),
  ];
  for (const floor of floors) {
    try {
      return (await floor()).minFreeMb;
    } catch {
      // The next one asks for less.
    }
  }
  return SETTINGS.minFreeMb.fallback ?? 0;
}

function settingsWithoutTask({ flags, environment }: LoopRequest) {
  const task = { name: '', defaults: {} };
  const user = readUserConfig(environment);
  return resolveSettings({ flags, environment, task, user }, () => 0).settings;
}
