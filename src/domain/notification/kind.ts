/** What a notice may be about; `--notify-on`. A run that ends at a cap is told where either `end` or `cap` is asked for. */
export const NOTIFICATION_KINDS = ['end', 'breaker', 'limit', 'cap', 'anomaly'] as const;

export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];
