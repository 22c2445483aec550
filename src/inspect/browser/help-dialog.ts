import { element } from './element.ts';

const SHORTCUTS: readonly (readonly [key: string, what: string])[] = [
  ['j / k', 'next or previous loop'],
  ['p', 'pause or resume'],
  ['w', 'skip the wait'],
  ['s', 'stop'],
  ['x', 'force stop'],
  ['1 2 3', 'messages, events, context'],
  ['/', 'filter events'],
  ['f', 'follow the machine in its chart, or not'],
  ['h', 'go back in time; Esc or h: to now'],
  ['?', 'this list'],
];

/** Keys of the page. */
export function helpDialog(): HTMLDialogElement {
  const close = element('button', { type: 'button' }, 'Close');
  const rows = SHORTCUTS.map(([key, what]) =>
    element('div', {}, element('dt', {}, element('kbd', {}, key)), element('dd', {}, what)),
  );
  const dialog = element(
    'dialog',
    { 'aria-labelledby': 'help-title' },
    element('h2', { id: 'help-title' }, 'Keys'),
    element('dl', { class: 'keys' }, ...rows),
    element('div', { class: 'buttons' }, close),
  );
  close.addEventListener('click', () => dialog.close());
  return dialog;
}
