import type { Notification } from '../../domain/notification/notification.ts';
import { desktopProgram } from '../desktop-program.ts';
import type { NotifierPlan } from '../notifier-facts.ts';
import { PROGRAM_LIMIT_MS, runProgram } from '../run-program.ts';
import { notSent, type Channel } from './channel.ts';

/** A notice on the desktop of whoever runs this: `notify-send`, on macOS `osascript`. */
export function tellDesktop(plan: NotifierPlan): Channel['send'] {
  return (notification, signal) => {
    const { name, file } = desktopProgram(plan);
    return file === null
      ? Promise.resolve(notSent(`there is no ${name} here`, { isFinal: true }))
      : runProgram({
          ...{ file, signal },
          args: name === 'osascript' ? osascript(notification) : notifySend(notification),
          cwd: '/',
          env: plan.bareEnvironment(),
          input: '',
          limitMs: PROGRAM_LIMIT_MS,
          redact: plan.redactor.redact,
        });
  };
}

const URGENCY = { info: 'normal', warning: 'normal', error: 'critical' };

/** Its body is markup. */
function notifySend({ title, text, level }: Notification): string[] {
  const body = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return ['--app-name', 'autoloop', '--urgency', URGENCY[level], '--', title, body];
}

/** The words travel as arguments: none of them becomes part of the script. */
function osascript({ title, text }: Notification): string[] {
  const show = 'display notification (item 2 of argv) with title (item 1 of argv)';
  return ['-e', 'on run argv', '-e', show, '-e', 'end run', title, text];
}
