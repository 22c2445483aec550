/** HTML that was made here, by `html`: text from outside cannot be of this class. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Content = string | number | null | Markup | readonly Content[];

/** Every value is text and is escaped, but for what `html` made itself; null is nothing. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  const parts = strings.map((text, at) => text + (at < values.length ? rendered(values[at]) : ''));
  return new Markup(parts.join(''));
}

/** For text and for attributes in quotes. */
function escaped(text: string): string {
  return text.replaceAll(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** JSON that ends no script element, and no line of JavaScript. */
export function scriptJson(value: unknown): Markup {
  const json = JSON.stringify(value);
  return new Markup(
    json.replaceAll(
      /[<>&\u2028\u2029]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  );
}

function rendered(value: Content | undefined): string {
  if (value === null || value === undefined) {
    return '';
  }
  if (value instanceof Markup) {
    return value.text;
  }
  return typeof value === 'object'
    ? value.map(rendered).join('')
    : escaped(withoutControls(String(value)));
}

/** What a terminal would obey, and what turns the direction of writing, is nothing for a page either. */
function withoutControls(text: string): string {
  return text.replaceAll(/(?![\n\t])\p{Cc}|[\u202A-\u202E\u2066-\u2069]/gu, '');
}
