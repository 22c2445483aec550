import type { HeldBack, Notification } from './notification.ts';

/** Tells of those that were not sent before it. */
export function withHeldBack(notification: Notification, held: HeldBack): Notification {
  const counts = Object.entries(held).map(([kind, count]) => `${count} ${kind}`);
  return counts.length === 0
    ? notification
    : {
        ...notification,
        text: `${notification.text} (Not sent before it: ${counts.join(', ')}.)`,
        held_back: held,
      };
}

export function addHeldBack(one: HeldBack, other: HeldBack): HeldBack {
  const sum: Record<string, number> = { ...one };
  for (const [kind, count] of Object.entries(other)) {
    sum[kind] = (sum[kind] ?? 0) + count;
  }
  return sum;
}
