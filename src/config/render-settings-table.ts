import type { SettingName, Settings } from '../domain/settings.ts';
import { SETTINGS, settingNames } from './setting-definitions.ts';

/** The table of docs/configuration.md. */
export function renderSettingsTable(): string {
  const rows = settingNames.map((name) => {
    const { flag, placeholder, env, fallback, help } = SETTINGS[name];
    return `| \`--${flag} <${placeholder}>\` | \`${env}\` | ${shown(name, fallback)} | ${help} |`;
  });
  const head = ['| flag | environment | default | |', '|---|---|---|---|'];
  return [...head, ...rows].join('\n');
}

function shown(name: string, fallback: Settings[SettingName] | null): string {
  if (name === 'idleTimeout') {
    return '600; 0 for `command`';
  }
  if (name === 'memory') {
    return 'half of the machine';
  }
  if (fallback === null || fallback.toString() === '') {
    return '–';
  }
  return typeof fallback === 'object' ? fallback.join(',') : String(fallback);
}
