import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { parseTargets } from '../domain/notification/target-list.ts';
import type { NotifyTarget } from '../domain/notification/target.ts';
import type { Notification } from '../domain/notification/notification.ts';
import { createChannel } from './channels/create-channel.ts';
import type { NotifierPlan } from './notifier-facts.ts';

export interface TestResult {
  /** What may be shown of the target. */
  readonly target: string;
  readonly kind: NotifyTarget['kind'];
  readonly ok: boolean;
  /** null: it was sent. */
  readonly error: string | null;
  /** Seconds. */
  readonly duration: number;
}

/** One notification to each target, at the same time and without a second try. */
export function sendTest(plan: NotifierPlan): Promise<TestResult[]> {
  const notification = plan.redactor.redactValue(testNotification(plan));
  return Promise.all(
    parseTargets(plan.settings.notify).map((target) => sendTo(target, { plan, notification })),
  );
}

interface Sending {
  readonly plan: NotifierPlan;
  readonly notification: Notification;
}

async function sendTo(target: NotifyTarget, { plan, notification }: Sending): Promise<TestResult> {
  const begin = performance.now();
  const never = new AbortController().signal;
  const delivery = await createChannel(target, plan).send(notification, never);
  return {
    ...{ target: target.label, kind: target.kind, ok: delivery.sent },
    error: delivery.sent ? null : delivery.why,
    duration: Math.round(performance.now() - begin) / 1000,
  };
}

function testNotification({ loop, task, settings }: NotifierPlan): Notification {
  const host = hostname();
  const kinds = settings.notifyOn.join(', ') || 'nothing';
  return {
    ...{ type: 'autoloop.notification', version: 1 },
    ...{ id: randomUUID(), at: new Date().toISOString() },
    ...{ kind: 'test', state: 'happened', level: 'info', title: `${loop}: test` },
    text: `Loop "${loop}" on ${host} sends a test: this is how you would hear of ${kinds}`,
    ...{ loop, task: task.name, run_id: null, host, iteration: null, reason: null },
    ...{ exit_code: null, until: null, figures: null, command: null, held_back: {}, event: null },
  };
}
