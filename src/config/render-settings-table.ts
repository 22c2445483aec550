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

function shown(name: string, fallback: unknown): string {
  if (name === 'idleTimeout') {
    return '600; 0 for `command`';
  }
  if (fallback === null || fallback === '' || (Array.isArray(fallback) && fallback.length === 0)) {
    return '–';
  }
  return Array.isArray(fallback) ? fallback.join(',') : String(fallback);
}
