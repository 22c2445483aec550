import type { SettingName } from '../domain/settings.ts';
import type { Definitions } from './setting-definition.ts';
import { agentSettings } from './settings/agent-settings.ts';
import { checkpointSettings } from './settings/checkpoint-settings.ts';
import { dataSettings } from './settings/data-settings.ts';
import { loopSettings } from './settings/loop-settings.ts';
import { notificationSettings } from './settings/notification-settings.ts';
import { telemetrySettings } from './settings/telemetry-settings.ts';
import { summarySettings } from './settings/summary-settings.ts';
import { troubleSettings } from './settings/trouble-settings.ts';
import { workerSettings } from './settings/worker-settings.ts';

/** Every setting there is, in the order that help and documentation show them in. */
export const SETTINGS: Definitions<SettingName> = {
  ...loopSettings,
  ...troubleSettings,
  ...agentSettings,
  ...workerSettings,
  ...checkpointSettings,
  ...dataSettings,
  ...notificationSettings,
  ...telemetrySettings,
  ...summarySettings,
};

export const settingNames: readonly SettingName[] = Object.values(SETTINGS).map(({ name }) => name);
