/** Whether a private key begins at `index`: its lines must fall to the rule for keys, which can follow them. */
export function privateKeyBeginsAt(text: string, index: number): boolean {
  return privateKeyBodyAt(text, index) !== -1;
}

/** Behind the `-----BEGIN … PRIVATE KEY-----` at `index`, or -1. */
export function privateKeyBodyAt(text: string, index: number): number {
  BEGIN.lastIndex = index;
  return BEGIN.test(text) ? BEGIN.lastIndex : -1;
}

const BEGIN = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/y;
