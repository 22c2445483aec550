import { Refusal } from './refusal.ts';
import type { Route } from './route.ts';

export interface FoundRoute {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** Throws Refusal where there is no such way in. */
export function findRoute(
  routes: readonly Route[],
  { method, path }: { readonly method: string; readonly path: string },
): FoundRoute {
  const there = routes.flatMap((route): FoundRoute[] => {
    const params = paramsIn(route.path, path);
    return params === null ? [] : [{ route, params }];
  });
  if (there.length === 0) {
    throw new Refusal(404, 'There is nothing here.');
  }
  const found = there.find(({ route }) => route.method === method);
  if (!found) {
    throw new Refusal(405, `Not by ${method}.`);
  }
  return found;
}

/** null: it is not that path. */
function paramsIn(pattern: string, path: string): Readonly<Record<string, string>> | null {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) {
    return null;
  }
  const params: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    const text = given[at] ?? '';
    if (part.startsWith(':')) {
      params[part.slice(1)] = decoded(text);
    } else if (part !== text) {
      return null;
    }
  }
  return params;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Refusal(400, 'The address is not written as one.');
  }
}
