import { NOTIFICATION_KINDS } from '../../domain/notification/kind.ts';
import { maskTargets } from '../../domain/notification/target-list.ts';
import { named, type Definitions } from '../setting-definition.ts';
import { listOf } from '../setting-values.ts';
import { notifyTargetsSchema } from '../notify-targets.ts';

/** Who is told what, and when. */
export const notificationSettings: Definitions<'notify' | 'notifyOn'> = {
  notify: {
    name: 'notify',
    ...named('notify', 'AUTOLOOP_NOTIFY', 'list'),
    schema: notifyTargetsSchema,
    fallback: [],
    mask: maskTargets,
    help: 'who is told: desktop, ntfy://HOST/TOPIC, slack:URL, https://HOST/PATH (signed with AUTOLOOP_NOTIFY_SECRET), command:PROGRAM',
  },
  notifyOn: {
    name: 'notifyOn',
    ...named('notify-on', 'AUTOLOOP_NOTIFY_ON', 'list'),
    schema: listOf(NOTIFICATION_KINDS),
    fallback: NOTIFICATION_KINDS,
    help: `what is told: ${NOTIFICATION_KINDS.join(', ')}`,
  },
};
