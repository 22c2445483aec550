import { hostname } from 'node:os';
import type { RecordedEvent } from '../domain/event.ts';
import type { LoopStatus } from '../domain/loop-status.ts';
import type { Notification } from '../domain/notification/notification.ts';
import type { Happening } from './happenings/happening.ts';
import type { NotifierPlan } from './notifier-facts.ts';
import { figuresOf, figuresWords } from './words/figures.ts';

export interface Telling {
  readonly event: RecordedEvent;
  readonly status: LoopStatus;
  readonly plan: NotifierPlan;
}

/** A happening in one sentence and as facts; redacted. */
export function notificationOf(
  happening: Happening,
  { event, status, plan }: Telling,
): Notification {
  const { kind, state, level, reason, until } = happening;
  const host = hostname();
  const { name: task } = plan.task;
  const figures = figuresOf(status);
  const command = happening.next && commandFor(plan, happening.next.command);
  const next = command === null ? '' : ` – ${happening.next?.why}: ${command}`;
  const what = shortened(happening.what);
  return plan.redactor.redactValue({
    ...{ type: 'autoloop.notification', version: 1 },
    id: `${event.run_id}-${event.seq}`,
    at: event.timestamp,
    ...{ kind, state, level },
    title: `${plan.loop}: ${happening.title}`,
    text: `Loop "${plan.loop}" on ${host} ${what}; ${figuresWords(figures)}${next}`,
    ...{ loop: plan.loop, task, run_id: event.run_id, host },
    iteration: event.iteration,
    ...{ reason, exit_code: event.event === 'loop_end' ? event.exit_code : null, until },
    ...{ figures, command, held_back: {}, event },
  } satisfies Notification);
}

/** As it is typed in the project's folder; the name comes last, so that its flags can be followed by more. */
function commandFor({ loop, task }: NotifierPlan, command: string): string {
  const name = loop === task.name ? '' : ` --name ${loop}`;
  return `autoloop ${command} --task ${task.name}${name}`;
}

/** A phone shows little, ntfy takes 4096 bytes. */
const LONGEST = 600;

function shortened(text: string): string {
  const line = text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}
