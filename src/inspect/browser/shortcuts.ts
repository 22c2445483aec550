export interface Shortcuts {
  readonly [key: string]: () => void;
}

/** Keys that stand alone, while nobody writes and no dialog is open. */
export function listenForKeys(shortcuts: Shortcuts): void {
  document.addEventListener('keydown', (event) => {
    const isWriting = isWritten(event.target);
    const isHeld = event.ctrlKey || event.metaKey || event.altKey;
    const act = shortcuts[event.key];
    if (act && !isWriting && !isHeld && document.querySelector('dialog[open]') === null) {
      event.preventDefault();
      act();
    }
  });
}

/** A slider takes arrows alone. */
function isWritten(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && target.type !== 'range';
}
