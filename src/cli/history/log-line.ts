import { isNumber, isRecord, isString } from '../../stores/shape.ts';
import { parseJson } from '../../stores/parse-json.ts';
import { momentText } from '../tables/moment-text.ts';
import type { Paint } from '../tables/paint.ts';
import { valueText } from '../tables/value-text.ts';
import { oneLine } from '../tables/text-width.ts';

/** A line of `loop.log` as a person reads it: `10:12:03  WARN   message  iteration=3`. What is no JSON is shown as it is. */
export function logLine(line: string, paint: Paint): string {
  const entry = parseJson(line);
  if (!isRecord(entry)) {
    return oneLine(line);
  }
  const { level, time, msg } = entry;
  const rank = isNumber(level) ? level : 30;
  const head = `${paint.dim(momentText(isString(time) ? time : ''))}  ${levelWord(rank, paint)}  ${oneLine(isString(msg) ? msg : '')}`;
  const facts = Object.entries(entry).flatMap(([name, value]) =>
    OWN.has(name) || value === null ? [] : [`${name}=${oneLine(valueText(value))}`],
  );
  return facts.length === 0 ? head : `${head}  ${paint.dim(facts.join(' '))}`;
}

/** What every line has, or what stands elsewhere in it. */
const OWN: ReadonlySet<string> = new Set(['level', 'time', 'msg', 'loop', 'pid', 'hostname', 'v']);

/** pino's numbers. */
function levelWord(level: number, paint: Paint): string {
  if (level >= 50) {
    return paint.bad('ERROR');
  }
  if (level >= 40) {
    return paint.warn('WARN ');
  }
  return level >= 30 ? 'INFO ' : paint.dim('DEBUG');
}
