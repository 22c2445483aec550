import type { NotifierPlan } from './notifier-facts.ts';

export interface DesktopProgram {
  readonly name: 'notify-send' | 'osascript';
  /** null: there is none. */
  readonly file: string | null;
}

/** What shows notices on this system's desktop. */
export function desktopProgram(
  plan: Pick<NotifierPlan, 'environment' | 'resolveProgram'>,
): DesktopProgram {
  const name = process.platform === 'darwin' ? 'osascript' : 'notify-send';
  return { name, file: plan.resolveProgram(name, plan.environment) };
}
