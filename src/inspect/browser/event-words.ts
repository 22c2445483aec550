/** A machine event as people read it: `xstate.done.actor.checkGates` is for machines. */
export function eventWords(type: string): string {
  const [, how, actor] = /^xstate\.(done|error)\.actor\.(.+)$/.exec(type) ?? [];
  if (how !== undefined && actor !== undefined) {
    return how === 'done' ? `${actor} is done` : `${actor} failed`;
  }
  return type === '' ? 'at once' : type.replace(/^xstate\.(init|stop)$/, '$1');
}
