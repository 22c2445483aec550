import { parseTarget, targetLabel, type NotifyTarget } from './target.ts';

/** Commas part targets, but for those in quotes; blank items are none. */
export function splitTargets(text: string): string[] {
  const items = text.match(/(?:'[^']*'|"[^"]*"|[^,'"]|['"])+/g) ?? [];
  return items.map((item) => item.trim()).filter((item) => item !== '');
}

/** A list as it may be shown. */
export function maskTargets(text: string): string {
  return splitTargets(text).map(targetLabel).join(',');
}

/** Those of a list that was checked before; what is no target is left out. */
export function parseTargets(items: readonly string[]): readonly NotifyTarget[] {
  return items.flatMap((item) => {
    const parsed = parseTarget(item);
    return 'target' in parsed ? [parsed.target] : [];
  });
}
