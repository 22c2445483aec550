import * as z from 'zod/mini';

/** The text forms of settings, and what they become. An issue's message says what is allowed. */

const LONGEST_SECONDS = 366 * 86_400;
const UNITS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 };

/** `90`, `90s`, `5m`, `1.5h`; → seconds. */
export function seconds(least: number) {
  const allowed = `seconds from ${least} on (90, 90s, 5m, 2h)`;
  return z.pipe(
    z.string(),
    z.transform((written, context) => {
      const match = /^(\d+(?:\.\d+)?)\s*([smhd]?)$/i.exec(written.trim());
      const value = match ? Number(match[1]) * (UNITS[(match[2] ?? '').toLowerCase()] ?? 1) : NaN;
      if (!(value >= least && value <= LONGEST_SECONDS)) {
        context.issues.push({ code: 'custom', message: allowed, input: written });
        return z.NEVER;
      }
      return value;
    }),
  );
}

/** A whole number; → number. */
export function count(least: number, most: number) {
  const allowed = `a whole number from ${least} to ${most}`;
  return z.pipe(
    z.string(),
    z.transform((written, context) => {
      const value = /^\d{1,15}$/.test(written.trim()) ? Number(written) : NaN;
      if (!(value >= least && value <= most)) {
        context.issues.push({ code: 'custom', message: allowed, input: written });
        return z.NEVER;
      }
      return value;
    }),
  );
}

/** `2`, `3.5`; → number. */
export function decimal(least: number, most: number) {
  const allowed = `a number from ${least} to ${most}`;
  return z.pipe(
    z.string(),
    z.transform((written, context) => {
      const value = /^\d{1,15}(?:\.\d{1,6})?$/.test(written.trim()) ? Number(written) : NaN;
      if (!(value >= least && value <= most)) {
        context.issues.push({ code: 'custom', message: allowed, input: written });
        return z.NEVER;
      }
      return value;
    }),
  );
}

/** A regular expression, kept as it was written. */
export function pattern() {
  return z.pipe(
    z.string(),
    z.transform((written, context) => {
      try {
        return new RegExp(written).source && written;
      } catch {
        const message = 'a regular expression, as JavaScript has them (claude|anthropic)';
        context.issues.push({ code: 'custom', message, input: written });
        return z.NEVER;
      }
    }),
  );
}

export function oneOf<Value extends string>(values: readonly Value[]) {
  return z.pipe(
    z.string(),
    z.transform((written, context) => {
      const value = values.find((allowed) => allowed === written.trim());
      if (value === undefined) {
        context.issues.push({
          code: 'custom',
          message: `one of ${values.join(', ')}`,
          input: written,
        });
        return z.NEVER;
      }
      return value;
    }),
  );
}

export function text() {
  return z.string();
}

/** One word without spaces or control characters; it travels in an argument list. */
export function word() {
  return z.pipe(
    z.string(),
    z.transform((value, context) => {
      if (!/^[^\s\p{Cc}-][^\s\p{Cc}]*$/u.test(value)) {
        context.issues.push({
          code: 'custom',
          message: 'one word, not beginning with a dash',
          input: value,
        });
        return z.NEVER;
      }
      return value;
    }),
  );
}

/** `A, B` → `['A', 'B']`. */
export function list() {
  return z.pipe(
    z.string(),
    z.transform((value) =>
      splitList(value)
        .map((item) => item.trim())
        .filter((item) => item !== ''),
    ),
  );
}

/** Commas inside parentheses belong to the item: `Bash(git add, git commit)`. */
function splitList(value: string): string[] {
  return value.split(/,(?![^()]*\))/);
}
