/** Any value of JSON as a person writes it: text as it is, lists with commas; what is not there is a dash. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) {
    return '–';
  }
  if (typeof value === 'string') {
    return value;
  }
  return Array.isArray(value) ? value.map(valueText).join(',') || '–' : JSON.stringify(value);
}
