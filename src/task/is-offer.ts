/** Whether a hook may offer this as a target: a name, or an object with nothing in it but what `TargetOffer` has. */
export function isOffer(value: unknown): boolean {
  if (typeof value === 'string') {
    return isTargetName(value);
  }
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    Object.keys(value).every((key) => KEYS.get(key)?.(Reflect.get(value, key)) === true)
  );
}

function isTargetName(value: unknown): boolean {
  return typeof value === 'string' && /^[^\p{Cc}]{1,500}$/u.test(value);
}

/** What is left undefined is left out. */
const KEYS: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ['name', isTargetName],
  ['need', (value) => typeof value === 'function' || value === undefined || isIn(0, value)],
  ['priority', (value) => value === undefined || isIn(-1, value)],
  ['reason', (value) => value === undefined || isTargetName(value)],
  ['graduated', (value) => value === undefined || typeof value === 'boolean'],
  ['maturity', (value) => value === undefined || isMaturity(value)],
  ['inputs', (value) => value === undefined || (Array.isArray(value) && value.every(isPath))],
  ['version', (value) => value === undefined || typeof value === 'string'],
]);

function isIn(least: number, value: unknown): boolean {
  return typeof value === 'number' && value >= least && value <= 1;
}

function isMaturity(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).every((key) => MATURITY.has(key) && isShare(Reflect.get(value, key)))
  );
}

const MATURITY: ReadonlySet<string> = new Set(['completion', 'quality', 'documentation']);

/** What is not known is null, or left out. */
function isShare(value: unknown): boolean {
  return value === null || value === undefined || isIn(0, value);
}

function isPath(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && !value.includes('\0');
}
