import type { RunCommand } from './cli-context.ts';

type Command = Promise<{ readonly run: RunCommand }>;

/**
 * Commands that people call, and seldom. The build puts them into a file of their own: those that monitors call every few
 * seconds start without the machines, the pages and the archives.
 */
export const inspect = (): Command => import('./commands/inspect.ts');
export const graph = (): Command => import('./commands/graph.ts');
export const replay = (): Command => import('./commands/replay.ts');
export const bundle = (): Command => import('./commands/bundle.ts');
export const report = (): Command => import('./commands/report.ts');
