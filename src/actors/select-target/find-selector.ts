import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Task } from '../../task/task.ts';
import { isExecutable } from '../is-executable.ts';

export type FoundSelector =
  | { readonly kind: 'none' }
  | { readonly kind: 'program'; readonly file: string }
  | { readonly kind: 'unusable'; readonly problem: string };

/** The program that orders a task's candidates: the one its module names, else `selector` or `selector.*` in its folder. */
export function findSelector(task: Task): FoundSelector {
  const { selector } = task.definition;
  if (typeof selector === 'string') {
    return usable(resolve(task.directory, selector));
  }
  const files = namesIn(task.directory).map((name) => join(task.directory, name));
  const programs = files.filter((file) => isExecutable(file) || beginsAsProgram(file));
  const [first, second] = programs;
  if (first === undefined) {
    return { kind: 'none' };
  }
  return second === undefined
    ? usable(first)
    : { kind: 'unusable', problem: `${first} and ${second} are both there: keep one of them` };
}

function namesIn(directory: string): readonly string[] {
  const names = readdirSync(directory).filter((name) => /^selector(?:\.[^.]+)?$/.test(name));
  return names.filter((name) => statOf(join(directory, name))?.isFile() === true).toSorted();
}

function usable(file: string): FoundSelector {
  if (statOf(file)?.isFile() !== true) {
    return { kind: 'unusable', problem: `${file} is no file` };
  }
  return isExecutable(file)
    ? { kind: 'program', file }
    : { kind: 'unusable', problem: `${file} is not executable: chmod +x ${file}` };
}

/** Whoever writes `#!` means to have it executed; modules and notes of that name are let be. */
function beginsAsProgram(file: string): boolean {
  const bytes = Buffer.alloc(2);
  try {
    const descriptor = openSync(file, 'r');
    readSync(descriptor, bytes);
    closeSync(descriptor);
  } catch {
    return false;
  }
  return bytes.toString('latin1') === '#!';
}

function statOf(path: string) {
  return statSync(path, { throwIfNoEntry: false });
}
