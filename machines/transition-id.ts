import type { AnyTransitionDefinition } from 'xstate';

/**
 * A transition of a machine by a name that stays: dotted path of its source (empty: the root), event type (empty: taken
 * at once), and its place among those of that source for that event: `running:worker.ended:0`.
 */
export function transitionId(transition: AnyTransitionDefinition): string {
  const { source } = transition;
  const eventType = String(transition.eventType);
  const group =
    eventType === '' ? (source.always ?? []) : (source.transitions.get(eventType) ?? []);
  const place = group.findIndex((other) => other === transition);
  return `${source.path.join('.')}:${eventType}:${place}`;
}
