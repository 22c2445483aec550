import { setTimeout as sleep } from 'node:timers/promises';
import { parseTargets } from '../domain/notification/target-list.ts';
import { createChannel } from './channels/create-channel.ts';
import type { NotifierFacts } from './notifier-facts.ts';
import { Notifier } from './notifier.ts';

/** Tells the targets of `--notify` what `--notify-on` asks for; see `Observer` of the runner. */
export function createObserver(facts: NotifierFacts): Notifier {
  const { plan } = facts;
  const channels = parseTargets(plan.settings.notify).map((target) => createChannel(target, plan));
  return new Notifier(facts, { channels, pause, now: () => performance.now() });
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {});
}
