import { SETTINGS } from '../config/setting-definitions.ts';
import { parseTargets } from '../domain/notification/target-list.ts';
import { targetSecrets } from '../domain/notification/target-secrets.ts';
import type { KnownSecret } from '../redaction/known-secrets.ts';

/** What the targets of `--notify` hold that must not be shown. */
export function notifySecrets(targets: readonly string[]): KnownSecret[] {
  const values = new Set(parseTargets(targets).flatMap(targetSecrets));
  return [...values].map((value) => ({ name: SETTINGS.notify.env, value }));
}
