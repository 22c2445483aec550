import type { Redactor } from '../../redaction/redactor.ts';

/**
 * A machine's configuration as JSON text from which `createMachine` makes the same states and transitions: without
 * what it begins with and works on, with functions told by their names, and without secrets.
 */
export function definitionJson(machine: { readonly config: object }, redactor: Redactor): string {
  const config: unknown = JSON.parse(JSON.stringify(withoutContext(machine.config), named));
  return JSON.stringify(redactor.redactValue(config));
}

function withoutContext(config: object): object {
  return { ...config, context: undefined };
}

/** Data of a loop that only a function knows. */
const WORKED_OUT: readonly string[] = ['input', 'output', 'params'];

function named(key: string, value: unknown): unknown {
  if (typeof value !== 'function') {
    return value;
  }
  if (WORKED_OUT.includes(key)) {
    return undefined;
  }
  return { type: key === 'guard' ? 'condition' : value.name };
}
