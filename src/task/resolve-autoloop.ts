import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import * as entry from './index.ts';

/**
 * Makes `import … from 'autoloop/task'` mean the autoloop that runs, also in a project that has not installed it, and lets
 * everything in the task's folder be an ES module, whatever the project's package.json says. Other modules are not touched.
 */
export function resolveAutoloop(taskFolder: string): void {
  folders.add(`${pathToFileURL(taskFolder).href}/`);
  if (!registered) {
    registered = true;
    Object.defineProperty(globalThis, Symbol.for(SPECIFIER), { value: entry });
    registerHooks({ resolve, load });
  }
}

/** The module of a task that was loaded last, a URL: after a syntax error the one that has it. */
export function lastLoaded(): string | null {
  return last;
}

/** The same module under another address, to be read by the TypeScript parser. */
export function asTypeScript(url: string): string {
  return `${url}?as=module.ts`;
}

/** Is this the URL of a module in a task's folder? */
export function isOfTask(url: string): boolean {
  const folder = [...folders].find((known) => url.startsWith(known));
  return folder !== undefined && !url.includes('/node_modules/', folder.length - 1);
}

type Hooks = Required<Parameters<typeof registerHooks>[0]>;

const SPECIFIER = 'autoloop/task';
const ADDRESS = 'autoloop:task';
/** Real paths, as URLs. */
const folders = new Set<string>();
let registered = false;
let last: string | null = null;

const resolve: Hooks['resolve'] = (specifier, context, next) => {
  if (specifier === SPECIFIER) {
    return { url: ADDRESS, format: 'module', shortCircuit: true };
  }
  const found = BROUGHT_ALONG.test(specifier)
    ? ofTheProjectOrOurs(
        () => next(specifier, context),
        () => next(specifier, { ...context, parentURL: import.meta.url }),
      )
    : next(specifier, context);
  const format = moduleFormat(found.url);
  return format === null ? found : { ...found, format };
};

/** A task may use it without a package.json; one that the project has installed wins. */
const BROUGHT_ALONG = /^zod(?:\/(?:v4|mini|v4-mini))?$/;

function ofTheProjectOrOurs<Found>(theirs: () => Found, ours: () => Found): Found {
  try {
    return theirs();
  } catch {
    return ours();
  }
}

/** Hands over what this process has loaded already: no second copy, wherever it was built to. */
const load: Hooks['load'] = (url, context, next) => {
  if (url !== ADDRESS) {
    last = isOfTask(url) ? url : last;
    return next(url, context);
  }
  const names = Object.keys(entry).join(', ');
  const source = `export const { ${names} } = globalThis[Symbol.for('${SPECIFIER}')];`;
  return { format: 'module', source, shortCircuit: true };
};

function moduleFormat(url: string): string | null {
  if (!isOfTask(url)) {
    return null;
  }
  if (/\.m?ts$/.test(url)) {
    return 'module-typescript';
  }
  return url.endsWith('.js') ? 'module' : null;
}
