import { runInThisContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { createMachine, type AnyStateMachine } from 'xstate';
import type { DrawnMachine, DrawnNode } from '../../src/inspect/drawn-machine.ts';
import { edgesOf } from '../../src/inspect/edges.ts';
import { MACHINES } from '../../src/inspect/machines.ts';
import { toStately } from '../../src/inspect/to-stately.ts';
import { nodesOf } from './machine-chart.ts';

/** What an importer makes of it: nothing but `createMachine` is known to it. */
function imported(text: string): AnyStateMachine {
  const body = text
    .replace("import { createMachine } from 'xstate';\n", '')
    .replace('export const machine =', 'return');
  const run: (create: typeof createMachine) => AnyStateMachine = runInThisContext(
    `(createMachine) => { ${body} }`,
  );
  return run(createMachine);
}

function told({ root }: DrawnMachine) {
  return nodesOf(root).map((node: DrawnNode) => ({
    path: node.path,
    type: node.type,
    description: node.description,
    tags: node.tags,
    initial: node.initial.target?.[0]?.key,
    actors: node.invoke.map(({ id }) => id),
    edges: edgesOf(node)
      .map((edge) => ({ ...edge, target: edge.target?.path.join('.') }))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  }));
}

describe.each(Object.entries(MACHINES))('%s for the editor of Stately', (_, machine) => {
  it('makes the same states and transitions', () => {
    expect(told(imported(toStately(machine)))).toEqual(told(machine));
  });

  it('is data alone', () => {
    expect(toStately(machine)).not.toMatch(/=>|function|undefined/);
  });
});
