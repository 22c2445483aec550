import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AutoloopError, EXIT } from '../domain/error.ts';
import { readPrompt, type ReadPrompt } from './resolve-prompt-file.ts';
import type { Task } from './task.ts';

export interface PromptSearch {
  readonly task: Pick<Task, 'name' | 'directory'>;
  /** `--prompt`; null: the task's own. */
  readonly promptFile: string | null;
  /** What the hook `promptCandidates` returned; null: the task has no such hook. */
  readonly candidates: readonly string[] | null;
}

export interface ResolvedPrompt {
  /** Absolute. */
  readonly file: string;
  readonly text: string;
}

/**
 * Finds and reads the prompt file; anew for each attempt, so that edits count. What the operator named is taken or refused;
 * of the task's candidates the first readable one wins.
 * Throws AutoloopError with every path that was tried: 150 (missing, empty, no text), 155 (not readable).
 */
export function resolvePrompt(search: PromptSearch): ResolvedPrompt {
  const files = search.promptFile === null ? candidateFiles(search) : [resolve(search.promptFile)];
  const tried: Tried[] = [];
  for (const file of files) {
    const read = readPrompt(file);
    if (read.ok) {
      return { file, text: read.text };
    }
    tried.push({ file, read });
    if (!read.passable) {
      break;
    }
  }
  throw refusal(search, tried);
}

interface Tried {
  readonly file: string;
  readonly read: Extract<ReadPrompt, { ok: false }>;
}

function candidateFiles(search: PromptSearch): string[] {
  const { name, directory } = search.task;
  const prompts = join(directory, 'prompts');
  return search.candidates === null
    ? [join(prompts, `${name}.md`), ...loopPrompts(prompts), join(directory, 'prompt.md')]
    : search.candidates.map((path) => resolve(directory, path));
}

function loopPrompts(directory: string): string[] {
  try {
    const names = readdirSync(directory).filter((name) => name.endsWith('-loop.md'));
    return names.toSorted().map((name) => join(directory, name));
  } catch {
    return [];
  }
}

function refusal(search: PromptSearch, tried: readonly Tried[]): AutoloopError {
  const denied = tried.some(({ read }) => read.denied);
  return new AutoloopError({
    code: denied ? EXIT.access : EXIT.configuration,
    message: search.promptFile === null ? noPrompt(search, tried) : (tried.map(oneLine)[0] ?? ''),
    fix: fixFor(search, tried),
  });
}

function noPrompt(search: PromptSearch, tried: readonly Tried[]): string {
  const list =
    tried.length === 0
      ? ' The hook promptCandidates returned no path.'
      : ` Tried: ${tried.map(oneLine).join(' ')}`;
  return `Task "${search.task.name}" has no prompt.${list}`;
}

function oneLine({ file, read }: Tried): string {
  return `${file} ${read.problem}.`;
}

function fixFor(search: PromptSearch, tried: readonly Tried[]): string {
  const last = tried.at(-1);
  if (last && (search.promptFile !== null || !last.read.passable)) {
    return last.read.fix;
  }
  return `Name a prompt: --task ${search.task.name} --prompt FILE. Or write ${tried[0]?.file ?? 'one'}.`;
}
