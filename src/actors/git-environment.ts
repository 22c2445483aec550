/** Settings of a repository that would start a program of its own, or keep state between calls, are off. */
export const GIT_OPTIONS: readonly string[] = [
  ...['core.fsmonitor=false', 'core.splitIndex=false', 'core.untrackedCache=false'],
  ...['submodule.recurse=false', 'core.quotePath=false', 'core.safecrlf=false'],
].flatMap((setting) => ['-c', setting]);

/** What git is to see of an environment: nothing that names another place, and nothing that lets it ask or wait. */
export function gitEnvironment(env: Readonly<Record<string, string>>): Record<string, string> {
  return { ...placeless(env), ...QUIET };
}

const QUIET = {
  LC_ALL: 'C',
  GIT_LITERAL_PATHSPECS: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
};

/** Without what names a repository: an autoloop that is started by a git hook is told of that hook's. */
export function placeless(env: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !PLACES.has(name)));
}

const PLACES: ReadonlySet<string> = new Set([
  ...['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_COMMON_DIR', 'GIT_PREFIX'],
  ...['GIT_OBJECT_DIRECTORY', 'GIT_ALTERNATE_OBJECT_DIRECTORIES', 'GIT_NAMESPACE'],
]);
