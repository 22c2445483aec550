import type { NotifyTarget } from '../../domain/notification/target.ts';
import type { NotifierPlan } from '../notifier-facts.ts';
import type { Channel } from './channel.ts';
import { tellCommand } from './command.ts';
import { tellDesktop } from './desktop.ts';
import { tellNtfy } from './ntfy.ts';
import { tellSlack } from './slack.ts';
import { tellWebhook } from './webhook.ts';

/** How a target is told. Starts and sends nothing yet. */
export function createChannel(target: NotifyTarget, plan: NotifierPlan): Channel {
  return { label: target.label, send: senderFor(target, plan) };
}

function senderFor(target: NotifyTarget, plan: NotifierPlan): Channel['send'] {
  switch (target.kind) {
    case 'desktop':
      return tellDesktop(plan);
    case 'command':
      return tellCommand(target, plan);
    case 'ntfy':
      return tellNtfy(target, plan);
    case 'slack':
      return tellSlack(target, plan);
    default:
      return tellWebhook(target, plan);
  }
}
