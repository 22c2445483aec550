import * as z from 'zod/mini';
import { splitTargets } from '../domain/notification/target-list.ts';
import { parseTarget, TARGET_FORMS } from '../domain/notification/target.ts';

/** `--notify`: targets parted by commas, kept as they were written. An issue's message repeats nothing secret. */
export const notifyTargetsSchema = z.pipe(
  z.string(),
  z.transform((text, context): readonly string[] => {
    const items = splitTargets(text);
    const faults = items.flatMap((item, index) => {
      const parsed = parseTarget(item);
      return 'wrong' in parsed ? [`target ${index + 1}: ${parsed.wrong}`] : [];
    });
    if (faults.length > 0 || new Set(items).size < items.length) {
      const [fault = 'a target stands in it twice'] = faults;
      const message = `a list, none twice, of ${TARGET_FORMS} (${fault})`;
      context.issues.push({ code: 'custom', message, input: '' });
      return z.NEVER;
    }
    return items;
  }),
);
