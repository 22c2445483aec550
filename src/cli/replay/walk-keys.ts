/** How far a key goes, in steps; 0: it is none of them. */
export function moveFor(key: string, rows: number): number {
  switch (key) {
    case '\u001B[B':
    case '\u001B[C':
    case 'j':
    case 'l':
    case ' ':
    case '\r':
      return 1;
    case '\u001B[A':
    case '\u001B[D':
    case 'k':
    case 'h':
      return -1;
    case '\u001B[6~':
      return Math.ceil(rows / 2);
    case '\u001B[5~':
      return -Math.ceil(rows / 2);
    case '\u001B[H':
    case '\u001B[1~':
    case 'g':
      return Number.NEGATIVE_INFINITY;
    case '\u001B[F':
    case '\u001B[4~':
    case 'G':
      return Number.POSITIVE_INFINITY;
    default:
      return 0;
  }
}
