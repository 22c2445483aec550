/** What a README of less is, is a stub. */
const LEAST_TEXT = 300;

/**
 * How much of its documentation a folder has, 0 to 1: a README.md that is more than a stub, a section in it on how to use
 * it, and a PRD.md.
 */
export function documentationShare({ readme, prd }: { readme: string; prd: string }): number {
  const checks = [readme.trim().length >= LEAST_TEXT, USAGE.test(readme), prd.trim() !== ''];
  return checks.filter(Boolean).length / checks.length;
}

/** A heading, however it is worded. */
const USAGE =
  /^#{1,6}[^\n]*\b(?:us(?:e|age|ing)|quick ?start|getting started|start|run(?:ning)?|install(?:ation|ing)?|setup)\b/im;
