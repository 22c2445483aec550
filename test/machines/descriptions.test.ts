import { describe, expect, it } from 'vitest';
import type { DrawnNode } from '../../src/inspect/drawn-machine.ts';
import { edgesOf } from '../../src/inspect/edges.ts';
import { MACHINES } from '../../src/inspect/machines.ts';

/** One sentence, that begins as such and ends. */
const SENTENCE = /^[A-Z][^.?]*[^ .?][.?]( Passed through, never rested in\.)?$/;

function nodesOf(node: DrawnNode): DrawnNode[] {
  return [node, ...Object.values(node.states).flatMap(nodesOf)];
}

describe.each(Object.entries(MACHINES))('the machine %s', (_, { root }) => {
  it('says of each of its states what it is', () => {
    for (const { path, description } of nodesOf(root)) {
      expect(description, path.join('.')).toMatch(SENTENCE);
    }
  });

  it('says of each of its transitions what it means', () => {
    for (const { id, description } of nodesOf(root).flatMap(edgesOf)) {
      expect(description, id).toMatch(SENTENCE);
    }
  });

  it('says different things of what one state does about one event', () => {
    for (const node of nodesOf(root)) {
      for (const [event, edges] of Map.groupBy(edgesOf(node), (edge) => edge.event)) {
        const texts = edges.map(({ description }) => description);
        expect(new Set(texts).size, `${node.path.join('.')}: ${event}`).toBe(texts.length);
      }
    }
  });
});
