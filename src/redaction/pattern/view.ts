/** A window of a byte string as the rules see it. */
export class View {
  readonly text: string;
  /** Where the last match ended: nothing before it can be matched again. */
  floor: number;
  #isJson: boolean;
  #nextNewline: number;

  constructor(text: string, start: { floor: number; isJson: boolean }) {
    this.text = text;
    this.floor = start.floor;
    this.#isJson = start.isJson;
    this.#nextNewline = text.indexOf('\n');
  }

  /**
   * Whether the line at `index` is JSON, compact or pretty-printed; to be asked with growing
   * `index` only.
   */
  isJsonAt(index: number): boolean {
    while (this.#nextNewline !== -1 && this.#nextNewline < index) {
      JSON_LINE.lastIndex = this.#nextNewline + 1;
      this.#isJson = JSON_LINE.test(this.text);
      this.#nextNewline = this.text.indexOf('\n', this.#nextNewline + 1);
    }
    return this.#isJson;
  }
}

/** Whether the first line of `text` is JSON. */
export function beginsAsJson(text: string): boolean {
  JSON_LINE.lastIndex = 0;
  return JSON_LINE.test(text);
}

const JSON_LINE = new RegExp(
  [
    String.raw`\{[ \t]{0,8}["\r\n}]`,
    String.raw`\[[ \t]{0,8}[{["\r\n\]]`,
    String.raw`"(?:[^"\\\n]|\\.){0,200}"[ \t]{0,8}[:,\r\n]`,
  ]
    .map((form) => String.raw`[ \t]{0,256}${form}`)
    .join('|'),
  'y',
);
