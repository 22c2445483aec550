// Loads a task and calls some of its hooks, in a Node of its own: type stripping and module resolution are the real ones.
import { text } from 'node:stream/consumers';
import { describeError } from '../../../src/domain/error.ts';
import { loadTask } from '../../../src/task/load-task.ts';
import { callHook } from '../../../src/task/run-hook.ts';

const { place, calls, loading } = JSON.parse(await text(process.stdin));
try {
  const task = await loadTask(place, loading);
  const results = [];
  for (const { hook, context } of calls) {
    const signal = new AbortController().signal;
    results.push(await callHook(task, hook, { ...context, signal, log: () => {} }));
  }
  console.log(
    JSON.stringify({ task: { ...task, definition: Object.keys(task.definition) }, results }),
  );
} catch (error) {
  console.log(JSON.stringify({ error: describeError(error) }));
}
