import { AutoloopError, EXIT } from '../domain/error.ts';
import type { CommandOptions } from './cli-context.ts';

/** `--until HH:MM` or `--for DURATION`: the moment from which no iteration begins. Epoch ms; null: neither is given. */
export function untilOption(options: CommandOptions, now: number = Date.now()): number | null {
  const { until, for: length } = options;
  if (typeof until === 'string' && typeof length === 'string') {
    throw refusal('--until and --for are both given.', 'Give one of them.');
  }
  if (typeof until === 'string') {
    return moment(until.trim(), now);
  }
  return typeof length === 'string' ? now + lengthMs(length.trim()) : null;
}

/** The next time the clock shows it, or a moment that has not come yet. */
function moment(text: string, now: number): number {
  const found = timeOfDay(text, now) ?? isoMoment(text);
  if (found === null || found <= now) {
    throw refusal(
      `--until is "${text}", which is no moment to come.`,
      'Allowed: 07:30, or a whole moment: 2026-11-28T07:30:00Z.',
    );
  }
  return found;
}

function timeOfDay(text: string, now: number): number | null {
  const match = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text);
  if (!match) {
    return null;
  }
  const time = new Date(now);
  time.setHours(Number(match[1]), Number(match[2]), 0, 0);
  if (time.getTime() <= now) {
    time.setDate(time.getDate() + 1);
  }
  return time.getTime();
}

function isoMoment(text: string): number | null {
  const epochMs = /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  return Number.isNaN(epochMs) ? null : epochMs;
}

const UNIT_MS: Readonly<Record<string, number>> = {
  ...{ '': 1_000, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 },
};

function lengthMs(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([smhd]?)$/i.exec(text);
  const length = match ? Number(match[1]) * (UNIT_MS[(match[2] ?? '').toLowerCase()] ?? 0) : 0;
  if (length <= 0) {
    throw refusal(
      `--for is "${text}", which is no length of time.`,
      'Allowed: 90 (seconds), 45m, 8h, 2d.',
    );
  }
  return length;
}

function refusal(message: string, fix: string): AutoloopError {
  return new AutoloopError({ code: EXIT.configuration, message, fix });
}
