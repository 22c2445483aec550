import type { ControlRequest } from '../domain/control.ts';
import { KEEP_ALL, type RetentionRules } from '../domain/retention.ts';

/** null: not a request. */
export function parseControlRequest(line: string): ControlRequest | null {
  const value = parseObject(line);
  switch (value?.['command']) {
    case 'status':
    case 'pause':
    case 'resume':
    case 'skip-wait':
    case 'follow':
    case 'inspect':
      return { command: value['command'] };
    case 'stop':
      return { command: 'stop', force: value['force'] === true };
    case 'rotate':
      return {
        command: 'rotate',
        eventsOnly: value['eventsOnly'] === true,
        keep: isKept(value['keep']) ? value['keep'] : null,
      };
    case 'prune':
      return { command: 'prune', dryRun: value['dryRun'] === true, rules: rulesIn(value['rules']) };
    default:
      return null;
  }
}

/** Those that are none are left out. */
function rulesIn(value: unknown): Partial<RetentionRules> {
  const told = Object.entries(typeof value === 'object' && value !== null ? value : {});
  return Object.fromEntries(
    told.filter(([name, rule]) => Object.hasOwn(KEEP_ALL, name) && isRule(rule)),
  );
}

function isRule(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isKept(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 1;
}

function parseObject(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
