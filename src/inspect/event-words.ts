/** A machine event as people read it: `xstate.done.actor.checkGates` is for machines. `by`: who tells it, where that is said already. */
export function eventWords(type: string, by: string | null = null): string {
  const [, how, actor] = /^xstate\.(done|error)\.actor\.(.+)$/.exec(type) ?? [];
  if (how !== undefined && actor !== undefined) {
    const words = how === 'done' ? 'is done' : 'failed';
    return actor === by ? words : `${actor} ${words}`;
  }
  return OWN_WORDS[type] ?? type;
}

const OWN_WORDS: Readonly<Record<string, string>> = {
  '': 'at once',
  'xstate.init': 'starts',
  'xstate.stop': 'ends',
};
