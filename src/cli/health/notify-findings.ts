import { isLoopback } from '../../domain/notification/is-loopback.ts';
import type { HttpTarget, NotifyTarget } from '../../domain/notification/target.ts';
import { parseTargets } from '../../domain/notification/target-list.ts';
import { desktopProgram } from '../../notify/desktop-program.ts';
import type { LoopPlan } from '../../runner/loop-plan.ts';
import { fail, ok, warn, type Finding } from './finding.ts';

/** Each target of `--notify`, without sending anything. */
export function notifyFindings(plan: LoopPlan): Finding[] {
  return parseTargets(plan.settings.notify).map((target) => look(target, plan));
}

const NAME = 'notify';
const TRY = 'try it: autoloop notify --test';

function look(target: NotifyTarget, plan: LoopPlan): Finding {
  switch (target.kind) {
    case 'desktop':
      return lookAtDesktop(plan);
    case 'command':
      return plan.resolveProgram(target.words[0], plan.environment) === null
        ? fail(NAME, `${target.label} was not found`, `Correct its path: ls -l ${target.words[0]}`)
        : ok(NAME, `${target.label}; ${TRY}`);
    default:
      return lookAtUrl(target, plan.environment['AUTOLOOP_NOTIFY_SECRET'] ?? '');
  }
}

function lookAtDesktop(plan: LoopPlan): Finding {
  const { name, file } = desktopProgram(plan);
  return file === null
    ? warn(NAME, `desktop: there is no ${name} here`, 'Install it, or leave desktop out.')
    : ok(NAME, `desktop, by ${file}; ${TRY}`);
}

const LEAST_SECRET = 16;

function lookAtUrl({ kind, label, url }: HttpTarget, secret: string): Finding {
  const { protocol, hostname } = new URL(url);
  if (protocol === 'http:' && !isLoopback(hostname)) {
    return warn(NAME, `${label}: anybody on the way can read it`, 'Use https.');
  }
  if (kind === 'webhook' && secret === '') {
    return warn(
      NAME,
      `${label}: not signed, its receiver cannot know who sends`,
      'Set AUTOLOOP_NOTIFY_SECRET to a secret of both: openssl rand -hex 32',
    );
  }
  return kind === 'webhook' && secret.length < LEAST_SECRET
    ? warn(
        NAME,
        `${label}: the secret it is signed with is short`,
        'Take a longer one for AUTOLOOP_NOTIFY_SECRET: openssl rand -hex 32',
      )
    : ok(NAME, `${label}; ${TRY}`);
}
