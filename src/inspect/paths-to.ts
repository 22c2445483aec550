/** `running.working` → `running`, `running.working`: the states one is in. */
export function pathsTo(state: string): string[] {
  const names = state.split('.');
  return names.map((_, at) => names.slice(0, at + 1).join('.'));
}
