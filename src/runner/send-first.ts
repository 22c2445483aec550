import type { LoopPolicy } from '../../machines/loop/context.ts';
import type { ResumeReason } from '../domain/event.ts';
import type { SessionParts } from './session-parts.ts';
import type { LoopActor } from './persistence.ts';

/** What starts a run, or has a restored one go on as it was asked for. */
export function sendFirst(actor: LoopActor, parts: SessionParts, policy: LoopPolicy): void {
  const { clock } = parts.files;
  const { request } = parts;
  const { restored } = parts.state;
  if (restored.kind === 'new') {
    actor.send({ type: 'loop.start', at: clock.now(), facts: startFacts(parts) });
    return;
  }
  const reason: ResumeReason = restored.kind === 'rebuilt' ? 'upgraded' : 'crashed';
  actor.send({ type: 'loop.restored', at: clock.now(), policy, from: restored.from, reason });
  if (request.unpause || request.mode === 'once') {
    unpause(actor, parts);
  }
  if (request.mode === 'settle') {
    actor.send({ type: 'loop.stop', at: clock.now(), via: 'control', now: request.force });
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
