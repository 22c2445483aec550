import { isRunningState } from './read-state.ts';

/** A service as a list or a status tells of it; null: it does not say. */
export interface ListedService {
  readonly name: string;
  readonly enabled: boolean | null;
  readonly running: boolean | null;
  /** In the source's own words: `exited (1)`, `unhealthy`. */
  readonly state: string | null;
  readonly category: string | null;
}

/** A service from what is said of it: an object of facts, whether it is enabled, or its state. None: this is no name. */
export function readService(name: string, said: unknown, category: string | null): ListedService[] {
  const facts = folded(said);
  const state = wordsOf(typeof said === 'string' ? said : stateIn(facts));
  const enabled = typeof said === 'boolean' ? said : yesOrNo(facts['enabled']);
  const isOff = yesOrNo(facts['disabled']) === true;
  const service = {
    name: name.trim(),
    enabled: isOff ? false : enabled,
    running: runningIn(facts, state),
    state,
    category: category ?? text(facts['category']) ?? null,
  };
  return NAME.test(service.name) ? [service] : [];
}

/** What it is called in a list: docker's `Service` says more than the `Name` of its container. */
export function nameOf(entry: Readonly<Record<string, unknown>>): string | null {
  const facts = folded(entry);
  return NAME_KEYS.map((key) => text(facts[key])).find((name) => name !== null) ?? null;
}

const NAME_KEYS = ['service', 'name', 'unit', 'id'];
const STATE_KEYS = ['status', 'state', 'active'];

/** It becomes a word of commands: none that could be an option. */
const NAME = /^[^\s\p{Cc}-][^\s\p{Cc}]{0,199}$/u;

/** Keys in lower case: `Running` and `running` are the same. */
function folded(said: unknown): Readonly<Record<string, unknown>> {
  const entries = typeof said === 'object' && said !== null ? Object.entries(said) : [];
  return Object.fromEntries(entries.map(([key, value]) => [key.toLowerCase(), value]));
}

function stateIn(facts: Readonly<Record<string, unknown>>): string | null {
  const state = STATE_KEYS.map((key) => text(facts[key])).find((word) => word !== null) ?? null;
  const health = text(facts['health']);
  return health !== null && state !== null && !state.includes(health)
    ? `${state} (${health})`
    : state;
}

/** What contradicts itself does not run well. */
function runningIn(facts: Readonly<Record<string, unknown>>, state: string | null): boolean | null {
  const told = yesOrNo(facts['running']);
  const seen = state === null ? null : isRunningState(state);
  return told === false || seen === false ? false : (told ?? seen);
}

function yesOrNo(value: unknown): boolean | null {
  if (typeof value === 'boolean') {
    return value;
  }
  const word = typeof value === 'string' ? value.trim().toLowerCase() : '';
  return /^(?:true|yes|on|1)$/.test(word) ? true : /^(?:false|no|off|0)$/.test(word) ? false : null;
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

const LONGEST_STATE = 100;

function wordsOf(state: string | null): string | null {
  return (
    state
      ?.replaceAll(/[\p{Cc}\s]+/gu, ' ')
      .slice(0, LONGEST_STATE)
      .toWellFormed() ?? null
  );
}
