import { AutoloopError, EXIT } from '../../domain/error.ts';
import type { CommandOptions } from '../cli-context.ts';

/** `--since`. As `momentOption`. */
export function sinceOption(options: CommandOptions): number | null {
  return momentOption(options, 'since');
}

/** A moment (ISO-8601, `10:30` of today or else yesterday) or so long ago (`2h`). Epoch ms; null: not given. Throws AutoloopError 150. */
export function momentOption(options: CommandOptions, name: 'since' | 'until'): number | null {
  const text = options[name];
  const now = Date.now();
  if (typeof text !== 'string') {
    return null;
  }
  const found =
    timeOfDay(text.trim(), now) ?? lengthAgo(text.trim(), now) ?? isoMoment(text.trim());
  if (found === null) {
    throw new AutoloopError({
      code: EXIT.configuration,
      message: `--${name} is "${text}", which is no moment.`,
      fix: 'Allowed: 2026-11-23, 2026-11-23T10:30:00Z, 10:30, or so long ago: 45s, 30m, 2h, 3d.',
    });
  }
  return found;
}

/** The last time the clock showed it. */
function timeOfDay(text: string, now: number): number | null {
  const match = /^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/.exec(text);
  if (!match) {
    return null;
  }
  const time = new Date(now);
  time.setHours(Number(match[1]), Number(match[2]), Number(match[3] ?? 0), 0);
  if (time.getTime() > now) {
    time.setDate(time.getDate() - 1);
  }
  return time.getTime();
}

const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

function lengthAgo(text: string, now: number): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*([smhd])$/i.exec(text);
  return match ? now - Number(match[1]) * (UNIT_MS[(match[2] ?? '').toLowerCase()] ?? 0) : null;
}

/** A date without a time is its local midnight. */
function isoMoment(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}(?:[T ][\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?$/.test(text)) {
    return null;
  }
  const epochMs = Date.parse(text.length === 10 ? `${text}T00:00` : text.replace(' ', 'T'));
  return Number.isNaN(epochMs) ? null : epochMs;
}
