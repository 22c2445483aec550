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

/** Of a file; whether it is there is looked at where it is read. */
export function path() {
  return filled('the path of a file');
}

/** Any text that is not blank, kept as it was written. */
export function filled(allowed: string) {
  return z.pipe(
    z.string(),
    z.transform((written, context) => {
      if (written.trim() === '') {
        context.issues.push({ code: 'custom', message: allowed, input: written });
        return z.NEVER;
      }
      return written;
    }),
  );
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

/** `yes`, `no`; a flag without a value is yes. */
export function yesOrNo() {
  return z.pipe(
    z.string(),
    z.transform((written, context) => {
      const value = YES_OR_NO[written.trim().toLowerCase()];
      if (value === undefined) {
        context.issues.push({ code: 'custom', message: 'yes or no', input: written });
        return z.NEVER;
      }
      return value;
    }),
  );
}

const YES_OR_NO: Readonly<Record<string, boolean>> = {
  ...{ yes: true, true: true, on: true, '1': true },
  ...{ no: false, false: false, off: false, '0': false },
};

/** A list each of whose items is one of these, none twice. */
export function listOf<Value extends string>(values: readonly Value[]) {
  return z.pipe(
    list(),
    z.transform((items, context): readonly Value[] => {
      const known = items.flatMap((item) => values.filter((value) => value === item));
      if (known.length < items.length || new Set(items).size < items.length) {
        const message = `a list, none twice, of ${values.join(', ')}`;
        context.issues.push({ code: 'custom', message, input: items });
        return z.NEVER;
      }
      return known;
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
