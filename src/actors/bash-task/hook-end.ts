import type { BashScene } from './bash-scene.ts';
import type { BashEnd } from './run-bash.ts';

/** What a hook printed, as `$(…)` would have it. */
export function valueOf(end: BashEnd): string {
  return end.ok ? asSubstituted((end.output ?? '').replaceAll('\0', '')) : '';
}

/** Without the line ends at its end, which `$(…)` drops. */
export function asSubstituted(text: string): string {
  let length = text.length;
  while (text[length - 1] === '\n') {
    length -= 1;
  }
  return text.slice(0, length);
}

/** Throws where the hook did not go well. */
export function refuseFailure(hook: string, end: BashEnd): void {
  const failed = failureOf(hook, end);
  if (failed !== null) {
    throw new Error(failed);
  }
}

/** null: it went well. */
export function failureOf(hook: string, end: BashEnd): string | null {
  if (!end.ok) {
    return `${hook} ${end.problem}`;
  }
  if (end.output === null) {
    return `the file could not be sourced for ${hook}: it ended with code ${end.code}`;
  }
  return end.code === 0 ? null : `${hook} ended with code ${end.code}`;
}

/** Its last lines, where no log can tell them. */
export function lastWords({ said }: BashEnd, { redact }: BashScene): string {
  const lines = redact(said).replaceAll('\0', '').trim().split('\n');
  const words = lines.slice(-3).join('\n').slice(-500);
  return words === '' ? '' : `: ${words}`;
}
