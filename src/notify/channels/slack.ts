import type { Notification } from '../../domain/notification/notification.ts';
import type { HttpTarget } from '../../domain/notification/target.ts';
import { deliver } from '../http/deliver.ts';
import type { NotifierPlan } from '../notifier-facts.ts';
import type { Channel } from './channel.ts';

/** An incoming webhook of Slack, or of what takes the same: Mattermost, Rocket.Chat, Discord (`/slack`). */
export function tellSlack(target: HttpTarget, plan: NotifierPlan): Channel['send'] {
  return (notification, signal) =>
    deliver({
      ...{ target, signal, plan },
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text: slackText(notification) }),
    });
}

function slackText({ level, title, text }: Notification): string {
  return `${MARKS[level]} *${plain(title)}*\n${plain(text)}`;
}

const MARKS = { info: ':information_source:', warning: ':warning:', error: ':rotating_light:' };

/** What a loop tells neither links nor calls anybody. */
function plain(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/@(?=(?:all|channel|everyone|here)\b)/gi, '@\u200b');
}
