import { html, type Content, type Markup } from './markup.ts';

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => Content;
  readonly isNumber?: boolean;
  /** Names its row. */
  readonly isHeading?: boolean;
  /** May take the room that the others leave. */
  readonly isWide?: boolean;
}

/** A table that scrolls by itself where the page is too narrow, with the keyboard, too. */
export function table<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { caption }: { readonly caption: string },
): Markup {
  const heads = columns.map((column) => html`<th scope="col" ${kind(column)}>${column.title}</th>`);
  const lines = rows.map(
    (row) =>
      html`<tr>
        ${columns.map((column) => cellOf(column, row))}
      </tr> `,
  );
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${heads}
        </tr>
      </thead>
      <tbody>
        ${lines}
      </tbody>
    </table>
  </div>`;
}

function cellOf<Row>(column: Column<Row>, row: Row): Markup {
  const content = column.cell(row);
  return column.isHeading
    ? html`<th scope="row" ${kind(column)}>${content}</th>`
    : html`<td${kind(column)}>${content}</td>`;
}

function kind<Row>({ isNumber, isWide }: Column<Row>): Markup | null {
  return isNumber ? html` class="number"` : isWide ? html` class="wide"` : null;
}
