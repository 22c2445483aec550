import { describe, expect, it } from 'vitest';
import type { DrawnNode } from '../../src/inspect/drawn-machine.ts';
import { edgesOf } from '../../src/inspect/edges.ts';
import { MACHINES } from '../../src/inspect/machines.ts';
import { machinesPage } from '../../src/inspect/machines-page.ts';
import { toJson, type StateJson } from '../../src/inspect/to-json.ts';
import { toMermaid } from '../../src/inspect/to-mermaid.ts';

const machines = Object.entries(MACHINES);

function nodesOf(node: DrawnNode): DrawnNode[] {
  return [node, ...Object.values(node.states).flatMap(nodesOf)];
}

function arrowsIn(text: string): { from: string; to: string; label: string }[] {
  return [...text.matchAll(/^ *(\S+) --> (\S+) : (.+)$/gm)].map(
    ([, from = '', to = '', label = '']) => ({ from, to, label }),
  );
}

describe.each(machines)('the diagram of %s', (_, machine) => {
  const text = toMermaid(machine);
  const nodes = nodesOf(machine.root);

  it('declares every state once', () => {
    for (const { path } of nodes.filter((node) => node !== machine.root)) {
      const name = path.join('_');
      expect(text.match(new RegExp(`^ *state ".*" as ${name}(?: \\{)?$`, 'gm')), name).toHaveLength(
        1,
      );
    }
  });

  it('draws every way that leads to another state, and names only states it declares', () => {
    const declared = new Set([...text.matchAll(/ as (\w+)/g)].map(([, name]) => name));
    const arrows = arrowsIn(text);
    for (const { from, to } of arrows) {
      expect(declared).toContain(from);
      expect(declared).toContain(to);
    }
    const targets = nodes.flatMap(edgesOf).flatMap(({ target }) => target?.path.join('_') ?? []);
    expect(new Set(arrows.map(({ to }) => to))).toEqual(new Set(targets));
  });

  it('has no arrow from a state to one that lies in it: mermaid cannot draw that', () => {
    for (const { from, to } of arrowsIn(text)) {
      expect(to.startsWith(`${from}_`), `${from} --> ${to}`).toBe(false);
    }
  });

  it('has no character in a label that mermaid reads as its own', () => {
    for (const { label } of arrowsIn(text)) {
      expect(label.replaceAll('<br/>', '')).not.toMatch(/[:;#<>{}"]/);
    }
  });
});

describe('the diagram of the loop', () => {
  it('tells guards, actors that are done and actors that failed', () => {
    const text = toMermaid(MACHINES['loop']!);
    expect(text).toMatch(/selecting_gating --> waiting_paused : ✓ checkGates \[isPaused\]/);
    expect(text).toMatch(/prompting --> stopping : ✗ composePrompt/);
    expect(text).toMatch(/waiting_arriving --> waiting_backoff : \[waitIs backoff\]/);
    expect(text).toMatch(/waiting_any --> waiting_paused : loop\.pause/);
  });
});

describe.each(machines)('the JSON of %s', (_, machine) => {
  const json = toJson(machine);

  it('has every state, each with a description', () => {
    const count = (states: Readonly<Record<string, StateJson>>): number =>
      Object.values(states).reduce((sum, state) => sum + 1 + count(state.states), 0);
    expect(count(json.states)).toBe(nodesOf(machine.root).length - 1);
    expect(JSON.stringify(json)).not.toMatch(/"type":"[a-z]+","description":null/);
  });

  it('survives JSON', () => {
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
  });
});

describe('the JSON of the loop', () => {
  it('has id, initial state, transitions with target, guard and actions', () => {
    const json = toJson(MACHINES['loop']!);
    expect(json).toMatchObject({
      ...{ id: 'loop', initial: 'idle' },
      states: {
        idle: { on: { 'loop.start': [{ target: 'selecting', guard: null, actions: ['start'] }] } },
        running: { tags: ['paid'], invoke: ['runAttempt', 'watchDisk'], initial: 'launching' },
        stopped: { type: 'final' },
      },
    });
  });
});

describe('the page of the machines', () => {
  it('has a diagram and a row per state for each machine', () => {
    const page = machinesPage();
    expect(page.match(/^```mermaid$/gm)).toHaveLength(machines.length);
    for (const { path } of nodesOf(MACHINES['loop']!.root).slice(1)) {
      expect(page).toContain(`| \`${path.join('.')}\` |`);
    }
  });
});
