import type { CommandTarget } from '../../domain/notification/target.ts';
import type { NotifierPlan } from '../notifier-facts.ts';
import { PROGRAM_LIMIT_MS, runProgram } from '../run-program.ts';
import { notSent, type Channel } from './channel.ts';

/** A program that gets the notification as JSON on stdin; started without a shell, in the workspace, without secrets. */
export function tellCommand({ words }: CommandTarget, plan: NotifierPlan): Channel['send'] {
  const [program, ...args] = words;
  return (notification, signal) => {
    const file = plan.resolveProgram(program, plan.environment);
    return file === null
      ? Promise.resolve(notSent(`there is no program ${program}`, { isFinal: true }))
      : runProgram({
          ...{ file, args, signal },
          cwd: plan.workspace,
          env: plan.bareEnvironment(),
          input: `${JSON.stringify(notification)}\n`,
          limitMs: PROGRAM_LIMIT_MS,
          redact: plan.redactor.redact,
        });
  };
}
