import type { LoopView } from './page-news.ts';

export const STEERING_COMMANDS = ['pause', 'resume', 'skip-wait', 'stop', 'force-stop'] as const;
export type SteeringCommand = (typeof STEERING_COMMANDS)[number];

/** Told to whoever steered. */
export interface SteeringAnswer {
  readonly isDone: boolean;
  readonly message: string;
}

/** What makes sense to ask of a loop as it is now. */
export function steeringFor({ status, runner }: LoopView): readonly SteeringCommand[] {
  if (status === null || runner === 'none') {
    return [];
  }
  if (runner === 'silent') {
    return ['force-stop'];
  }
  const { paused, stopRequested, wait, state } = status;
  const isStopping = stopRequested || state.startsWith('stop');
  const canWait = wait !== null && !paused && !isStopping;
  return [
    ...(canWait ? (['skip-wait'] as const) : []),
    ...(isStopping ? [] : paused ? (['resume'] as const) : (['pause'] as const)),
    ...(isStopping ? [] : (['stop'] as const)),
    'force-stop',
  ];
}
