import { describe, expect, it } from 'vitest';
import type { AnyStateNode } from 'xstate';
import { transitionId } from '../../machines/transition-id.ts';
import { loopMachine } from '../../machines/loop.machine.ts';
import { edgesOf } from '../../src/inspect/edges.ts';
import { spentText, timesText } from '../../src/inspect/history/figure-words.ts';
import { heatOf } from '../../src/inspect/history/heat.ts';
import type { TalliedStep, MachineHistory } from '../../src/inspect/history/machine-history.ts';
import { HistoryTally } from '../../src/inspect/history/tally.ts';
import { layOut } from '../../src/inspect/layout/lay-out.ts';
import { MACHINES } from '../../src/inspect/machines.ts';
import { renderSvg } from '../../src/inspect/svg/render-svg.ts';
import { toJson } from '../../src/inspect/to-json.ts';
import { toMermaid } from '../../src/inspect/to-mermaid.ts';
import { nodesOf } from './machine-chart.ts';

function step(second: number, state: string, ...taken: string[]): TalliedStep {
  return { kind: 'step', at: second * 1000, state, taken };
}

function tally(...steps: TalliedStep[]): MachineHistory {
  const all = new HistoryTally();
  steps.forEach((each) => all.add(each));
  return all.history;
}

function stateNodes(node: AnyStateNode): AnyStateNode[] {
  return [node, ...Object.values(node.states).flatMap(stateNodes)];
}

const begin: TalliedStep = { kind: 'begin', at: 0, state: 'idle', taken: [] };

describe('the history of a machine', () => {
  it('counts transitions, and for how long and how often a state was in force', () => {
    const history = tally(
      begin,
      step(1, 'running.launching', 'idle:loop.start:0'),
      step(4, 'running.working', 'running.launching:worker.started:1'),
      step(64, 'waiting.interval', 'running:worker.ended:3', 'waiting.arriving::4'),
      step(70, 'running.launching', 'waiting.interval:timer.fired:0'),
    );
    expect(history).toMatchObject({ steps: 4, from: 0, until: 70_000 });
    expect(history.transitions).toMatchObject({ 'idle:loop.start:0': 1, 'waiting.arriving::4': 1 });
    expect(history.states).toEqual({
      idle: { entered: 1, seconds: 1 },
      running: { entered: 2, seconds: 63 },
      'running.launching': { entered: 2, seconds: 3 },
      'running.working': { entered: 1, seconds: 60 },
      waiting: { entered: 1, seconds: 6 },
      'waiting.arriving': { entered: 1, seconds: 0 },
      'waiting.interval': { entered: 1, seconds: 6 },
    });
  });

  it('adds up to the millisecond', () => {
    const { states } = tally(begin, step(0.1, 'idle'), step(0.3, 'idle'), step(0.7, 'stopped'));
    expect(states['idle']).toEqual({ entered: 1, seconds: 0.7 });
  });

  it('does not count the time in which no runner lived, nor a state that is gone on with', () => {
    const history = tally(
      begin,
      step(1, 'running.working', 'idle:loop.start:0'),
      { kind: 'resume', at: 5_000_000, state: 'running.working', taken: [] },
      step(5010, 'stopped', 'running:worker.ended:3'),
    );
    expect(history.states['running.working']).toEqual({ entered: 1, seconds: 10 });
    expect(history.steps).toBe(2);
  });

  it('is empty where nothing has happened', () => {
    expect(tally()).toEqual({ steps: 0, from: null, until: null, transitions: {}, states: {} });
  });

  it('knows transitions by the ids that a replay tells', () => {
    const ids = nodesOf(loopMachine.root)
      .flatMap(edgesOf)
      .map(({ id }) => id);
    const told = stateNodes(loopMachine.root).flatMap((node) =>
      [...[...node.transitions.values()].flat(), ...(node.always ?? [])].map(transitionId),
    );
    expect(ids.toSorted()).toEqual(told.toSorted());
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('heat', () => {
  it('is a scale of factors, from never to the most', () => {
    const { edge, edges, state } = heatOf({
      ...{ steps: 0, from: null, until: null, transitions: { a: 1, b: 30, c: 1000 } },
      states: { passed: { entered: 3, seconds: 0 }, long: { entered: 1, seconds: 900 } },
    });
    expect(['none', 'a', 'b', 'c'].map((id) => edge(id).level)).toEqual([0, 1, 2, 4]);
    expect(edges(['a', 'c'])).toBe(4);
    expect(['none', 'passed', 'long'].map((path) => state(path).level)).toEqual([0, 1, 4]);
  });

  it('is told in few characters', () => {
    expect([0.04, 9.96, 59.4, 61, 3600, 8000, 200_000].map(spentText)).toEqual([
      ...['0 s', '10 s', '59 s', '1 m 1 s', '1 h', '2 h 13 m', '2 d 7 h'],
    ]);
    expect([9999, 10_400, 3_440_000, 12_300_000].map(timesText)).toEqual([
      '9999',
      '10k',
      '3.4M',
      '12M',
    ]);
  });
});

describe('a diagram with history', () => {
  const loop = MACHINES['loop']!;
  const history = tally(
    begin,
    step(1, 'running.working', 'idle:loop.start:0'),
    step(3601, 'stopped', 'running:worker.ended:3'),
  );

  it('has figures and colours in the picture', async () => {
    const layout = await layOut(loop);
    const svg = renderSvg(loop, layout, { hasStyle: false, hasLegend: true, history });
    expect(svg).toMatch(/data-state="running".*?spent-4.*?1 h · 1×/s);
    expect(svg).toMatch(/data-state="waiting".*?spent-0.*?never/s);
    expect(svg).toMatch(/row arrow taken-4" data-edges="idle:loop\.start:0">.*?times".*?>1</);
    expect(svg).toMatch(/arrow taken-0" data-edges="waiting\.interval:timer\.fired:0"/);
    expect(svg).toContain('2 machine events, 1970-01-01 00:00 to 1970-01-01 01:00 UTC');
    expect(renderSvg(loop, layout)).not.toMatch(/taken-\d"|spent-\d"/);
  });

  it('has them as mermaid', () => {
    const text = toMermaid(loop, history);
    expect(text).toMatch(/idle --> selecting : loop\.start 1×/);
    expect(text).toMatch(/running_working : .*<br\/>1 h, entered 1×/);
    expect(text).toMatch(/^ {2}class running_working heat4$/m);
    expect(text).toMatch(/waiting_gate : .*<br\/>never entered/);
    expect(toMermaid(loop)).not.toMatch(/heat|entered \d/);
  });

  it('has them as JSON, beside transitions that bear their ids', () => {
    const json = toJson(loop, history);
    expect(json.history).toEqual(history);
    expect(json.states['idle']?.on['loop.start']?.[0]?.id).toBe('idle:loop.start:0');
    expect(toJson(loop)).not.toHaveProperty('history');
  });
});
