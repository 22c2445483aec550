import { AutoloopError, EXIT } from '../domain/error.ts';
import { parseTargets } from '../domain/notification/target-list.ts';
import type { LoopPlan } from './loop-plan.ts';

/** Programs of `--notify` are there. Throws AutoloopError 150. */
export function checkNotify({
  settings,
  environment,
  resolveProgram,
}: Pick<LoopPlan, 'settings' | 'environment' | 'resolveProgram'>): void {
  for (const target of parseTargets(settings.notify)) {
    if (target.kind === 'command' && resolveProgram(target.words[0], environment) === null) {
      const [program] = target.words;
      throw new AutoloopError({
        code: EXIT.configuration,
        message: `The program of the notification target ${target.label} was not found, or is no executable file: ${program}.`,
        fix: program.includes('/')
          ? `Correct its path in --notify, or make it executable: chmod +x ${program}`
          : 'Install it, or write its whole path in --notify.',
      });
    }
  }
}
