import { readFileSync } from 'node:fs';
import { renderSettingsTable } from '../../src/config/render-settings-table.ts';
import { renderEventSchema } from './event-schema/render-event-schema.ts';
import { renderEventsTable } from './event-schema/render-events-table.ts';
import { renderOutcomesTable } from './render-outcomes-table.ts';
import { layOut } from '../../src/inspect/layout/lay-out.ts';
import { MACHINES } from '../../src/inspect/machines.ts';
import { machinesPage } from '../../src/inspect/machines-page.ts';
import { renderSvg } from '../../src/inspect/svg/render-svg.ts';

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
  ...Object.entries(MACHINES).map(([name, machine]) => ({
    path: `docs/machines/${name}.svg`,
    render: async () => renderSvg(machine, await layOut(machine)),
  })),
  { path: 'docs/events.schema.json', render: renderEventSchema },
  {
    path: 'docs/events.md',
    render: () => withTable('docs/events.md', 'events', renderEventsTable()),
  },
  {
    path: 'docs/configuration.md',
    render: () => withTable('docs/configuration.md', 'settings', renderSettingsTable()),
  },
  {
    path: 'docs/disasters.md',
    render: () => withTable('docs/disasters.md', 'outcomes', renderOutcomesTable()),
  },
];

/** A page that is written by hand but for the table between its marks. */
function withTable(path: string, mark: string, table: string): string {
  const marks = new RegExp(`(<!-- ${mark}:.*-->)[^]*(<!-- /${mark} -->)`);
  return readFileSync(path, 'utf8').replace(
    marks,
    (_, begin: string, end: string) => `${begin}\n\n${table}\n\n${end}`,
  );
}
