import type { ControlRequest } from '../domain/control.ts';

/** null: not a request. */
export function parseControlRequest(line: string): ControlRequest | null {
  const value = parseObject(line);
  switch (value?.['command']) {
    case 'status':
    case 'pause':
    case 'resume':
    case 'skip-wait':
    case 'follow':
      return { command: value['command'] };
    case 'stop':
      return { command: 'stop', force: value['force'] === true };
    default:
      return null;
  }
}

function parseObject(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
