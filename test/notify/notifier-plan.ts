import { collectSecrets } from '../../src/redaction/known-secrets.ts';
import { createRedactor } from '../../src/redaction/redactor.ts';
import { resolveProgram } from '../../src/config/resolve-program.ts';
import { NOTIFICATION_KINDS } from '../../src/domain/notification/kind.ts';
import { parseTarget, type NotifyTarget } from '../../src/domain/notification/target.ts';
import { createChannel } from '../../src/notify/channels/create-channel.ts';
import type { Channel } from '../../src/notify/channels/channel.ts';
import type { NotifierPlan } from '../../src/notify/notifier-facts.ts';

/** Of the loop "night" that works on the task "improve". */
export function notifierPlan(
  notify: readonly string[] = [],
  facts: {
    readonly environment?: Readonly<Record<string, string>>;
    readonly workspace?: string;
    readonly notifyOn?: NotifierPlan['settings']['notifyOn'];
  } = {},
): NotifierPlan {
  const { environment = {}, workspace = '/tmp', notifyOn = NOTIFICATION_KINDS } = facts;
  const path = process.env['PATH'] ?? '/usr/bin:/bin';
  return {
    loop: 'night',
    task: { name: 'improve' },
    settings: { notify, notifyOn, agent: 'claude' },
    environment: { PATH: path, ...environment },
    redactor: createRedactor(collectSecrets(environment)),
    workspace,
    bareEnvironment: () => ({ PATH: path }),
    resolveProgram: (file, env) => resolveProgram(file, { environment: env, cwd: workspace }),
  };
}

export function channelTo(text: string, plan: NotifierPlan = notifierPlan()): Channel {
  return createChannel(targetOf(text), plan);
}

function targetOf(text: string): NotifyTarget {
  const parsed = parseTarget(text);
  if ('wrong' in parsed) {
    throw new Error(parsed.wrong);
  }
  return parsed.target;
}
