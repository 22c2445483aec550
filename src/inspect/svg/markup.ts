/** `<rect x="1"/>`, or with what lies in it, which is markup already. An attribute that is null is left out. */
export function element(
  name: string,
  attributes: Attributes,
  inside: readonly string[] = [],
): string {
  const text = Object.entries(attributes)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
    .join('');
  return inside.length === 0 ? `<${name}${text}/>` : `<${name}${text}>${inside.join('')}</${name}>`;
}

type Attributes = Readonly<Record<string, string | number | null>>;

/** Text that stands in the picture or in an attribute of it, whatever it contains. */
export function escaped(text: string): string {
  const plain = text.toWellFormed().replaceAll(UNFIT, '\uFFFD');
  return plain.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** What XML cannot have in it, and what turns the direction of writing. */
const UNFIT = /(?![\n\t])\p{Cc}|[\uFFFE\uFFFF\u202A-\u202E\u2066-\u2069]/gu;

/** What is told where a pointer rests; null: nothing. */
export function tooltip(text: string | null): string[] {
  return text === null ? [] : [element('title', {}, [escaped(text)])];
}
