import type { FailedGate, FailedValidation } from '../domain/validation.ts';

/** What a prompt says of the gates that the last work on its target did not pass. */
export function failedSection({ iteration, takenBackTo, gates }: FailedValidation): string {
  const fate =
    takenBackTo === null
      ? 'That work is still in place.'
      : `That work was taken back; \`git show ${takenBackTo}\` shows it.`;
  const head = `The last work on this (iteration ${iteration}) did not pass what checks it. ${fate}`;
  return [head, ...gates.map(gateText)].join('\n\n');
}

function gateText({ name, reason, output }: FailedGate): string {
  const title = `## Not passed: ${name}\n\n${reason}`;
  const fence = fenceAround(output);
  return output.trim() === '' ? title : `${title}\n\n${fence}\n${output.trimEnd()}\n${fence}`;
}

/** Longer than any the output holds. */
function fenceAround(output: string): string {
  const longest = [...output.matchAll(/`{3,}/g)].map(([ticks]) => ticks.length);
  return '`'.repeat(Math.max(2, ...longest) + 1);
}
