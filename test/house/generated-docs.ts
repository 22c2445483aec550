import { readFileSync } from 'node:fs';
import { renderSettingsTable } from '../../src/config/render-settings-table.ts';
import { machinesPage } from '../../src/inspect/machines-page.ts';

/** A page that is made from the sources, never by hand. */
export interface GeneratedDoc {
  /** Below the root. */
  readonly path: string;
  /** Its whole text. */
  readonly render: () => string | Promise<string>;
}

/** `npm run docs` writes them; `npm run check` fails when one is stale. */
export const GENERATED_DOCS: readonly GeneratedDoc[] = [
  { path: 'docs/machines.md', render: machinesPage },
  { path: 'docs/configuration.md', render: configurationPage },
];

/** Written by hand but for the table between its marks. */
function configurationPage(): string {
  const page = readFileSync('docs/configuration.md', 'utf8');
  return page.replace(
    /(<!-- settings:.*-->)[^]*(<!-- \/settings -->)/,
    (_, begin: string, end: string) => `${begin}\n\n${renderSettingsTable()}\n\n${end}`,
  );
}
