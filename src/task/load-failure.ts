import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AutoloopError, EXIT } from '../domain/error.ts';
import { asTypeScript, isOfTask, lastLoaded } from './resolve-autoloop.ts';

/** Why a task's module could not be loaded: with the line where it is known, and how to mend it. */
export async function describeLoadFailure(file: string, error: unknown): Promise<AutoloopError> {
  const place = placeOf(error) ?? (await placeByTypeScript(error)) ?? file;
  return new AutoloopError({
    code: EXIT.configuration,
    ...explain({ file, place, error }),
    cause: error,
  });
}

interface Failure {
  readonly file: string;
  /** `/path/task.ts:12` */
  readonly place: string;
  readonly error: unknown;
}

function explain(failure: Failure): { message: string; fix: string } {
  const { place, error, file } = failure;
  const text = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX') {
    return {
      message: `${place}: ${text}: types are erased, nothing is compiled.`,
      fix: 'Write an object "as const" instead of an enum, and plain fields and modules instead of parameter properties and namespaces. tsc tells of all such places with "erasableSyntaxOnly": true.',
    };
  }
  if (code === 'ERR_MODULE_NOT_FOUND') {
    return { message: `${file} could not be loaded: ${text}.`, fix: missingModuleFix(text) };
  }
  if (error instanceof SyntaxError) {
    return { message: `${place}: syntax error: ${text}.`, fix: `Correct ${place}.` };
  }
  return { message: `${place}: the task could not be loaded: ${text}.`, fix: `Correct ${place}.` };
}

/** A syntax error's stack begins with its place; any other has it in its topmost frame that is the task's. */
function placeOf(error: unknown): string | null {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const header = /^(file:\S+):(\d+)\n/.exec(stack);
  const frames = [...stack.matchAll(/^ +at (?:.*\()?(file:\S+?):(\d+):\d+\)?$/gm)];
  const found = header ?? frames.find(([, url = '']) => isOfTask(url));
  return found ? `${fileURLToPath(found[1] ?? '')}:${found[2]}` : null;
}

/** Node tells no line for plain JavaScript modules; its TypeScript parser does, and fails where the other one did. */
async function placeByTypeScript(error: unknown): Promise<string | null> {
  const file = lastLoaded();
  if (!(error instanceof SyntaxError) || file === null) {
    return null;
  }
  try {
    await import(asTypeScript(file));
  } catch (second) {
    return placeOf(second) ?? fileURLToPath(file);
  }
  return null;
}

function missingModuleFix(text: string): string {
  const [, name = ''] = /Cannot find (?:package|module) '(.+?)'/.exec(text) ?? [];
  return name.startsWith('/')
    ? `Correct the path, with its extension: ${relative(process.cwd(), name) || name}`
    : `Install it where the task can see it: npm install ${name}`;
}
