import { takeToken } from '../session.ts';
import { Bridge } from './bridge.ts';

/** Asks first; then shows the loops in the inspector, until it is told to stop. */
const token = takeToken() ?? '';
const socketUrl = `ws://${location.host}/stately/ws?token=${encodeURIComponent(token)}`;
const inspector = new URL(document.body.dataset['inspector'] ?? '');
const [ask, bar, status] = [part('ask'), part('bar'), part('status')];
let bridge: Bridge | null = null;

part('socket').textContent = socketUrl;
part('local').setAttribute('href', `/#${new URLSearchParams({ token }).toString()}`);
part('begin').addEventListener('click', begin);
part('stop').addEventListener('click', stop);
if (token === '') {
  part('begin').setAttribute('disabled', '');
  ask.append('Open the address that autoloop inspect --stately printed: its token is wanted.');
}

function begin(): void {
  [ask.hidden, bar.hidden] = [true, false];
  bridge = new Bridge({
    ...{ inspector, socketUrl },
    say: (text) => {
      status.textContent = text;
    },
  });
  document.body.append(bridge.frame);
  part('stop').focus();
}

function stop(): void {
  bridge?.end();
  [ask.hidden, bar.hidden] = [false, true];
  part('begin').focus();
}

function part(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) {
    throw new Error(`The page has no "${id}".`);
  }
  return element;
}
