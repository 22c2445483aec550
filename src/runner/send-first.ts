import type { LoopPolicy } from '../../machines/loop/context.ts';
import type { ResumeReason } from '../domain/event.ts';
import type { SessionParts } from './session-parts.ts';
import type { LoopActor } from './persistence.ts';

export interface FirstWords {
  readonly parts: SessionParts;
  readonly policy: LoopPolicy;
  /** How long the runners before this one lived. */
  readonly livedMs: number;
  /** Of prompt, task and settings as they are now. */
  readonly workMark: string | null;
}

/** What starts a run, or has a restored one go on as it was asked for. */
export function sendFirst(actor: LoopActor, words: FirstWords): void {
  const { parts, policy, livedMs, workMark } = words;
  const { request, files, state } = parts;
  const { restored } = state;
  const at = files.clock.now();
  // That of `once` is no bound of the run that it leaves.
  const untilEpochMs = request.mode === 'run' ? request.untilEpochMs : null;
  if (restored.kind === 'new') {
    actor.send({ type: 'loop.start', at, facts: startFacts(parts), workMark, untilEpochMs });
    return;
  }
  const reason: ResumeReason =
    restored.kind === 'rebuilt' ? 'upgraded' : (restored.context.left ?? 'crashed');
  const facts = { at, policy, from: restored.from, reason, livedMs, workMark, untilEpochMs };
  actor.send({ type: 'loop.restored', ...facts });
  if (request.unpause || request.mode === 'once') {
    unpause(actor, parts);
  }
  if (request.mode === 'settle') {
    actor.send({ type: 'loop.stop', at: files.clock.now(), via: 'control', now: request.force });
  }
}

/** `once` performs the next iteration now, whatever the loop was waiting for. */
function unpause(actor: LoopActor, { request, files: { clock } }: SessionParts): void {
  if (actor.getSnapshot().context.paused) {
    actor.send({ type: 'loop.resume', at: clock.now(), via: 'control' });
  }
  if (request.mode === 'once' && actor.getSnapshot().matches('waiting')) {
    actor.send({ type: 'loop.skipWait', at: clock.now(), via: 'control' });
  }
}

function startFacts({ plan }: SessionParts) {
  const settings = Object.fromEntries(plan.resolved.map(({ name, value }) => [name, value]));
  return { agent: plan.agent.name, account: plan.account, settings };
}
