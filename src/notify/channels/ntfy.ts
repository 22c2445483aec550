import type { Notification } from '../../domain/notification/notification.ts';
import type { HttpTarget } from '../../domain/notification/target.ts';
import { deliver } from '../http/deliver.ts';
import type { NotifierPlan } from '../notifier-facts.ts';
import type { Channel } from './channel.ts';

/** A message of ntfy: the sentence as its body, the rest in headers. A login without password is an access token. */
export function tellNtfy(target: HttpTarget, plan: NotifierPlan): Channel['send'] {
  return (notification, signal) =>
    deliver({
      ...{ target, signal, plan },
      headers: {
        'content-type': 'text/plain; charset=utf-8',
        title: headerText(notification.title),
        priority: PRIORITIES[notification.level],
        tags: tagOf(notification),
      },
      body: notification.text,
    });
}

const PRIORITIES = { info: '3', warning: '4', error: '5' };
const TAGS = { info: 'information_source', warning: 'warning', error: 'rotating_light' };

function tagOf({ level, state }: Notification): string {
  return state === 'cleared' ? 'white_check_mark' : TAGS[level];
}

/** Headers are ASCII; ntfy decodes RFC 2047. */
function headerText(text: string): string {
  return /^[\x20-\x7E]*$/.test(text) ? text : `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;
}
