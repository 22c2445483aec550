import type { StatelyInspectionEvent } from '@statelyai/inspect';
import { createMachine } from 'xstate';
import { describe, expect, it } from 'vitest';
import { loopMachine } from '../../../machines/loop.machine.ts';
import type { InspectionBatch } from '../../../src/domain/inspection.ts';
import { definitionJson } from '../../../src/inspect/stately/definition-json.ts';
import { LoopTranslation } from '../../../src/inspect/stately/loop-translation.ts';
import type { StatelyMessage } from '../../../src/inspect/stately/protocol.ts';
import { toJson } from '../../../src/inspect/to-json.ts';
import { createRedactor } from '../../../src/redaction/redactor.ts';
import { at, InspectedLoop, ITERATION, START } from './inspected-loop.ts';

const redactor = createRedactor([{ name: 'FAKE_TOKEN', value: 'hidden-value-1' }]);
const definition = definitionJson(loopMachine, redactor);

function translation(name = 'demo', definitionOf: () => string | null = () => definition) {
  return new LoopTranslation({ name, definition: definitionOf, redactor, now: () => at });
}

/** As a client gets it. */
function sent(messages: readonly StatelyMessage[]): StatelyInspectionEvent[] {
  const typed: readonly StatelyInspectionEvent[] = messages;
  return JSON.parse(JSON.stringify(typed)) as StatelyInspectionEvent[];
}

/** What both tell of the same loop, however they number their messages and sessions. */
function essence(message: StatelyInspectionEvent): unknown {
  const { type, sessionId } = message;
  const session = sessionId.replace(/^demo:42:/, '');
  switch (type) {
    case '@xstate.actor':
      return { type, session, name: message.name, definition: message.definition };
    case '@xstate.event':
      return {
        ...{ type, session, event: message.event },
        source: message.sourceId?.replace(/^demo:42:/, ''),
      };
    default: {
      const { value, status, context, tags, children } = message.snapshot as unknown as Record<
        string,
        unknown
      >;
      return {
        ...{ type, session, event: message.event, value, status, context, tags },
        children: Object.keys((children as object | undefined) ?? {}),
      };
    }
  }
}

function afterIntroduction(messages: readonly StatelyInspectionEvent[]) {
  const first = messages.findIndex(({ type }) => type === '@xstate.event');
  return messages.slice(first).map(essence);
}

/** What a client sees last of each actor. */
function lastStates(messages: readonly StatelyInspectionEvent[]): Record<string, string> {
  const states = messages.flatMap((message) =>
    message.type === '@xstate.event'
      ? []
      : [[message.sessionId, JSON.stringify(valueOf(message) ?? message.snapshot.status)] as const],
  );
  return Object.fromEntries(states);
}

function valueOf({ snapshot }: Exclude<StatelyInspectionEvent, { type: '@xstate.event' }>) {
  return 'value' in snapshot && snapshot.status === 'active' ? snapshot.value : undefined;
}

const SELECTING = '{"selecting":"gating"}';

describe('a loop in messages of Stately', () => {
  it('tells of a whole iteration what Stately tells by itself, message by message', async () => {
    const loop = new InspectedLoop(42);
    await loop.play(START, ...ITERATION);
    const demo = translation();
    const ours = sent(loop.batches.flatMap((batch) => demo.translate(batch)));
    const theirs = JSON.parse(JSON.stringify(loop.original)) as StatelyInspectionEvent[];
    expect(theirs.length).toBeGreaterThan(40);
    expect(afterIntroduction(ours)).toEqual(theirs.map(essence));
    expect(new Set(ours.map(({ id }) => id)).size).toBe(ours.length);
  });

  it('begins for each client with the loop as it is by then', async () => {
    const loop = new InspectedLoop(42);
    await loop.play(START, ...ITERATION.slice(0, 4));
    const demo = translation();
    loop.batches.forEach((batch) => demo.translate(batch));
    const [root, ...children] = sent(demo.now());
    expect(root).toMatchObject({
      ...{ type: '@xstate.actor', name: 'demo', sessionId: root?.rootId, definition },
      snapshot: {
        ...{ status: 'active', value: { running: 'working' }, tags: ['paid'] },
        ...{ children: { runAttempt: { id: 'runAttempt' } }, context: { iteration: 8 } },
      },
    });
    expect(root).not.toHaveProperty('parentId');
    expect(children.map((child) => 'name' in child && [child.name, child.parentId])).toEqual(
      ['runAttempt', 'watchDisk'].map((name) => [name, root?.sessionId]),
    );
  });

  it('comes to the same states where news were left out, and says how many', async () => {
    const loop = new InspectedLoop(42);
    await loop.play(START, ...ITERATION);
    const [first, ...others] = loop.batches;
    const whole = translation();
    const gappy = translation();
    const all = sent(loop.batches.flatMap((batch) => whole.translate(batch)));
    const seldom = [first, others[3], others.at(-1)].filter((batch) => batch !== undefined);
    const some = sent(seldom.flatMap((batch) => gappy.translate({ ...batch, news: [], lost: 20 })));
    const living = Object.keys(lastStates(sent(whole.now())));
    expect(living.length).toBeGreaterThan(1);
    for (const session of living) {
      expect(lastStates(some)[session]).toBe(lastStates(all)[session]);
    }
    expect(Object.values(lastStates(some)).filter((state) => state === '"stopped"')).toHaveLength(
      Object.keys(lastStates(some)).length - living.length,
    );
    expect(some).toContainEqual(
      expect.objectContaining({ event: { type: 'autoloop.skipped', news: 20 } }),
    );
  });

  it('keeps loops and runners apart: a runner that resumes a loop begins new sessions', async () => {
    const loop = new InspectedLoop(42);
    await loop.play(START);
    const batch = loop.batches.at(-1) as InspectionBatch;
    const demo = translation('demo');
    const before = sent(demo.translate(batch));
    const other = sent(translation('other').translate(batch));
    const after = sent(demo.translate({ ...batch, status: { ...batch.status, pid: 43 } }));
    const sessions = (messages: readonly StatelyInspectionEvent[]) =>
      messages.filter(({ type }) => type === '@xstate.actor').map(({ sessionId }) => sessionId);
    const all = [before, other, after].flatMap(sessions);
    expect(new Set(all).size).toBe(all.length);
    expect(all).toHaveLength(3 * batch.actors.length);
    const states = lastStates([...before, ...after]);
    expect(sessions(before).map((session) => states[session])).toEqual(
      batch.actors.map(() => '"stopped"'),
    );
    expect(states[sessions(after)[0] ?? '']).toBe(SELECTING);
  });

  it('shows the actors of a runner that died as stopped, once, and nobody who comes later', async () => {
    const loop = new InspectedLoop(42);
    await loop.play(START);
    const demo = translation();
    demo.translate(loop.batches.at(-1) as InspectionBatch);
    const root = sent(demo.now())[0]?.sessionId ?? '';
    const end = sent(demo.end());
    expect(lastStates(end)[root]).toBe('"stopped"');
    expect(end.map(({ type }) => type)).toEqual(['@xstate.snapshot', '@xstate.snapshot']);
    expect([...demo.end(), ...demo.now()]).toEqual([]);
  });

  it('passes over what only a newer runner tells', async () => {
    const loop = new InspectedLoop(42);
    await loop.play(START);
    const demo = translation();
    const [batch] = loop.batches;
    if (!batch) {
      throw new Error('nothing was told');
    }
    demo.translate(batch);
    const news = [{ type: 'unheard-of', at }] as unknown as InspectionBatch['news'];
    expect(demo.translate({ ...batch, news })).toEqual([]);
  });

  it('tells only the name of a machine of another version', async () => {
    const loop = new InspectedLoop(42);
    const [root] = sent(
      translation('demo', () => null).translate(loop.batches[0] as InspectionBatch),
    );
    expect(root).toMatchObject({ definition: '{"id":"demo"}', snapshot: { value: 'idle' } });
  });

  it('lets no secret out, wherever it lies', async () => {
    const loop = new InspectedLoop(42);
    await loop.play(START);
    const batch = loop.batches.at(-1) as InspectionBatch;
    const secret = 'hidden-value-1';
    const planted: InspectionBatch = {
      ...batch,
      machine: {
        ...batch.machine,
        context: { note: `with ${secret}`, [secret]: 1, password: 'x1y2z3' },
      },
      news: [
        { type: 'event', at, source: null, target: 'x:0', event: { type: 'note', text: secret } },
        { type: 'actor', at, actor: { id: 'x:99', name: secret, parent: 'x:0' } },
        {
          ...{ type: 'snapshot', at, actor: 'x:99', status: 'done' },
          event: { type: 'said', deep: [{ output: `Bearer ${secret}` }] },
        },
        { type: 'step', at, taken: [], event: { type: secret }, machine: batch.machine },
      ],
    };
    const demo = translation();
    const texts = [batch, planted].flatMap((told) => demo.translate(told)).concat(demo.now());
    const text = JSON.stringify(texts);
    expect(text).toContain('[REDACTED:');
    expect(text).not.toContain(secret);
    expect(text).not.toContain('x1y2z3');
    expect(texts.length).toBeGreaterThan(8);
  });
});

describe('the definition of a machine as Stately is told it', () => {
  it('makes the same machine: states, transitions, guards, actors and what they mean', () => {
    const { states, on, description } = toJson(
      createMachine(JSON.parse(definition) as Record<string, unknown>),
    );
    const original = toJson(loopMachine);
    expect({ states, on, description }).toEqual({
      ...{ states: original.states, on: original.on, description: original.description },
    });
  });

  it('holds nothing that a loop begins with or works on, and no secret', () => {
    expect(JSON.parse(definition)).not.toHaveProperty('context');
    expect(definition).not.toMatch(/"(?:input|output|context)":/);
    const machine = createMachine({
      id: 'm',
      context: { login: 'hidden-value-1' },
      description: 'with password=hunter2hunter2',
      on: { go: { guard: 'isHidden hidden-value-1', actions: () => 'hidden-value-1' } },
      initial: 'a',
      states: { a: { invoke: { id: 'b', src: 'b', input: () => 'hidden-value-1' } } },
    });
    const text = definitionJson(machine, redactor);
    expect(text).toContain('"description":"with password=[REDACTED:password]"');
    expect(text).toContain('isHidden [REDACTED:');
    expect(text).not.toMatch(/hidden-value-1|hunter2/);
    expect(text).not.toMatch(/"(?:input|output|context)":/);
  });
});
