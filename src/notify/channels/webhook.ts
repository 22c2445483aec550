import type { HttpTarget } from '../../domain/notification/target.ts';
import { deliver } from '../http/deliver.ts';
import type { NotifierPlan } from '../notifier-facts.ts';
import { signature } from '../sign.ts';
import type { Channel } from './channel.ts';

/**
 * The notification as JSON, with the headers of standardwebhooks.com; signed where AUTOLOOP_NOTIFY_SECRET is set, each
 * try with its own time.
 */
export function tellWebhook(target: HttpTarget, plan: NotifierPlan): Channel['send'] {
  const secret = plan.environment['AUTOLOOP_NOTIFY_SECRET'] ?? '';
  return (notification, signal) => {
    const body = JSON.stringify(notification);
    const { id } = notification;
    const timestamp = Math.floor(Date.now() / 1000);
    return deliver({
      ...{ target, body, signal, plan },
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(timestamp),
        ...(secret !== '' && { 'webhook-signature': signature(secret, { id, timestamp, body }) }),
      },
    });
  };
}
