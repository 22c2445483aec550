/** A page that is made from the sources, never by hand. */
export interface GeneratedDoc {
  /** Below the root. */
  readonly path: string;
  /** Its whole text. */
  readonly render: () => string | Promise<string>;
}

/** `npm run docs` writes them; `npm run check` fails when one is stale. */
export const GENERATED_DOCS: readonly GeneratedDoc[] = [];
