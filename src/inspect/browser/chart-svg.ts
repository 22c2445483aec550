/** Markup of ours, made when autoloop was built; nothing that is told of a loop comes this way. */
export function chartFrom(svg: string): Element {
  const trusted = policy === null ? svg : policy.createHTML(svg);
  const holder = document.createElement('div');
  // The one place where markup is not made element by element.
  Reflect.set(holder, 'innerHTML', trusted);
  return holder.firstElementChild ?? holder;
}

interface Policies {
  createPolicy(name: string, rules: { createHTML: (text: string) => string }): Policy;
}

interface Policy {
  createHTML(text: string): unknown;
}

/** null: this browser knows no trusted types. */
const policy = policies()?.createPolicy('autoloop-chart', { createHTML: (text) => text }) ?? null;

function policies(): Policies | null {
  const found: unknown = Reflect.get(globalThis, 'trustedTypes');
  return isPolicies(found) ? found : null;
}

function isPolicies(found: unknown): found is Policies {
  return typeof found === 'object' && found !== null && 'createPolicy' in found;
}
