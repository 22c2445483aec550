const NEAR = 40;

/** Keeps the end of a list in sight as it grows, unless somebody has scrolled away from it. */
export function keepEnd(list: HTMLElement, change: () => void): void {
  const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR;
  change();
  if (isAtEnd) {
    list.scrollTop = list.scrollHeight;
  }
}
