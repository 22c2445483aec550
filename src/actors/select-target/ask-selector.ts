import { randomUUID } from 'node:crypto';
import { parseCandidates } from '../../selection/parse-candidates.ts';
import { runCommand, type HookCommandEnd } from '../../task/commands/run-command.ts';
import { callHook } from '../../task/run-hook.ts';
import type { LoopWorld } from '../loop-world.ts';
import { findSelector } from './find-selector.ts';
import { NOTHING, type Ordering, type SelectionCall } from './ordering.ts';

const source = 'selector';
const TIMEOUT_MS = 60_000;

/** Has the task's own selector order the candidates: a function, or a program. Without any the task has no targets. */
export function askSelector(world: LoopWorld, call: SelectionCall): Promise<Ordering> {
  return typeof world.task.definition.selector === 'function'
    ? askFunction(world, call)
    : askProgram(world, call);
}

async function askFunction(world: LoopWorld, { context }: SelectionCall): Promise<Ordering> {
  const listed = await callHook(world.task, source, context);
  return listed.ok
    ? { ...NOTHING, source, candidates: listed.value, target: listed.value[0]?.name ?? null }
    : { ...NOTHING, source, failure: listed.message };
}

async function askProgram(world: LoopWorld, call: SelectionCall): Promise<Ordering> {
  const found = findSelector(world.task);
  if (found.kind === 'none') {
    return { ...NOTHING, source: 'none' };
  }
  if (found.kind === 'unusable') {
    return { ...NOTHING, source, failure: `Selector: ${found.problem}.` };
  }
  const mark = `selector-${randomUUID()}`;
  const end = await runCommand({
    ...{ argv: [found.file], cwd: world.workspace, input: inputOf(call) },
    ...{ env: { AUTOLOOP_ATTEMPT_ID: mark }, timeoutMs: TIMEOUT_MS },
    signal: call.occasion.signal,
  });
  const left = await sweep(world, mark);
  const ordering = orderingOf(end, found.file);
  return { ...ordering, warnings: [...left, ...ordering.warnings] };
}

/** One line of JSON: what a selector is told. */
function inputOf({ context }: SelectionCall): string {
  const { task, loop, iteration, root, workspace, dataDir, settings, history, dryRun } = context;
  const told = { task, loop, iteration, root, workspace, data_dir: dataDir, settings };
  return `${JSON.stringify({ ...told, dry_run: dryRun, targets: history })}\n`;
}

/** What left the selector's group is found by the mark in its environment. */
async function sweep(world: LoopWorld, mark: string): Promise<readonly string[]> {
  try {
    await world.sweepAttempt(mark);
    return [];
  } catch (error) {
    return [`What the selector left behind could not be ended: ${String(error)}`];
  }
}

function orderingOf({ problem, stdout }: HookCommandEnd, file: string): Ordering {
  if (problem !== null) {
    return { ...NOTHING, source, failure: `Selector ${file} ${problem}.` };
  }
  const { candidates, problems } = parseCandidates(stdout);
  const [first] = candidates;
  const told = `${problems.slice(0, MOST_PROBLEMS).join('; ')}${problems.length > MOST_PROBLEMS ? '; …' : ''}`;
  if (first === undefined && problems.length > 0) {
    return { ...NOTHING, source, failure: `Selector ${file} printed no candidate: ${told}.` };
  }
  const warnings = problems.length === 0 ? [] : [`Selector ${file}, left out: ${told}.`];
  return { ...NOTHING, source, candidates, target: first?.name ?? null, warnings };
}

const MOST_PROBLEMS = 5;
