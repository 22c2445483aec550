import { createWebSocketReceiver, type StatelyInspectionEvent } from '@statelyai/inspect';
import { describe, expect, it } from 'vitest';
import { dottedState } from '../../src/runner/dotted-state.ts';
import { eventually } from '../crash/crash-rig.ts';
import { killRunner, useProject, useStartedLoop, type CliProject } from './cli-project.ts';

interface Addresses {
  readonly url: string;
  readonly port: number;
  readonly stately: { readonly page: string; readonly socket: string };
}

async function inspect(project: CliProject) {
  const calling = project.begin('inspect', '--stately', '--json');
  await eventually('it tells where it is', () => calling.printed().endsWith('\n'));
  return { calling, addresses: JSON.parse(calling.printed()) as Addresses };
}

/** Stately's own client, and what it has heard. */
function listen({ stately }: Addresses): StatelyInspectionEvent[] {
  const messages: StatelyInspectionEvent[] = [];
  createWebSocketReceiver({ server: stately.socket }).subscribe((event) => messages.push(event));
  return messages;
}

interface Step {
  readonly session: string;
  readonly event: string;
  readonly status: string | undefined;
  readonly state: string;
}

/** What the machines came to, step by step. */
function stepsIn(messages: readonly StatelyInspectionEvent[]): Step[] {
  return messages.flatMap((message) =>
    message.type === '@xstate.snapshot' && 'value' in message.snapshot
      ? [
          {
            ...{ session: message.sessionId, event: message.event.type },
            status: message.snapshot.status,
            state: dottedState(message.snapshot.value as string),
          },
        ]
      : [],
  );
}

describe('inspect --stately', () => {
  it('shows an iteration, a death and the run going on to any client, state by state', async () => {
    const project = await useStartedLoop('--max', '2', '--interval', '3600');
    const { calling, addresses } = await inspect(project);
    const messages = listen(addresses);
    const introduced = () => messages.filter((message) => message.type === '@xstate.actor');
    await eventually('it shows the loop', () => introduced().length > 0);
    expect(introduced()[0]).toMatchObject({
      ...{ name: 'prompt', snapshot: { status: 'active', value: { running: 'working' } } },
      definition: expect.stringContaining('"summarizing"'),
    });
    project.letFinish(1);
    await project.recorded('wait_start');
    await project.steer('skip-wait');
    await eventually('it shows the next iteration', () =>
      stepsIn(messages).some(({ state }) => state === 'running.working'),
    );
    const shown = stepsIn(messages).map(({ event, state }) => ({ event, state }));
    const { out } = await project.steer('replay', '--json');
    const replayed = out
      .split('\n')
      .filter((line) => line.includes('"event"'))
      .map((line) => JSON.parse(line) as { event: { type: string }; state: string })
      .map(({ event, state }) => ({ event: event.type, state }));
    expect(shown.length).toBeGreaterThan(7);
    expect(shown).toEqual(replayed.slice(-shown.length));

    await killRunner(project);
    const [before] = stepsIn(messages);
    await eventually('it shows that nobody plays it', () =>
      stepsIn(messages).some(({ status }) => status === 'stopped'),
    );
    expect((await project.callLoop('start', '--max', '2', '--interval', '3600')).code).toBe(0);
    await eventually('it shows who goes on', () =>
      introduced().some(
        ({ name, sessionId }) => name === 'prompt' && sessionId !== before?.session,
      ),
    );
    project.letFinish(2);
    await eventually('it shows the end', () =>
      stepsIn(messages).some(
        ({ session, status }) => session !== before?.session && status === 'done',
      ),
    );
    calling.child.kill('SIGINT');
    const { code, err } = await calling.end;
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  it('prints its addresses, and serves nothing of it where it is not asked for', async () => {
    const project = useProject();
    const { addresses, calling } = await inspect(project);
    const { url, port, stately } = addresses;
    const token = new URL(url).hash.slice('#token='.length);
    expect(token.length).toBeGreaterThan(40);
    expect(stately).toEqual({
      page: `http://127.0.0.1:${port}/stately#token=${token}`,
      socket: `ws://127.0.0.1:${port}/stately/ws?token=${token}`,
    });
    const page = await fetch(stately.page);
    expect(page.headers.get('content-security-policy')).toContain('frame-src https://stately.ai;');
    expect(await page.text()).toContain('data-inspector="https://stately.ai/inspect"');
    calling.child.kill('SIGINT');
    await calling.end;
    const plain = project.begin('inspect');
    await eventually('it tells where it is', () => plain.printed().endsWith('\n'));
    expect(plain.printed()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=\S+\n$/);
    const place = new URL(plain.printed().trim());
    expect((await fetch(new URL('/stately', place.origin))).status).toBe(404);
    plain.child.kill('SIGINT');
    await plain.end;
  });
});
