import { describe, expect, it } from 'vitest';
import type { Notification } from '../../src/domain/notification/notification.ts';
import { notSent, SENT, type Delivery } from '../../src/notify/channels/channel.ts';
import { Lane } from '../../src/notify/lane.ts';
import { LONGEST_WAIT_MS, MOST_TRIES } from '../../src/notify/retries.ts';
import { notification } from './notifications.ts';

const BUSY = notSent('it answered 503', { isFinal: false });

describe('a lane', () => {
  it('tries again with waits that grow, and the same notification', async () => {
    const { lane, sent, waits, failures } = useLane([BUSY, BUSY, BUSY, SENT]);
    lane.push(notification());
    await sent(4);
    expect(failures).toEqual([]);
    expect(waits).toHaveLength(3);
    for (const [index, ms] of waits.entries()) {
      expect(ms).toBeGreaterThanOrEqual(500 * 2 ** index);
      expect(ms).toBeLessThanOrEqual(1_500 * 2 ** index);
    }
    const tries = await sent(4);
    expect(new Set(tries.map((told) => JSON.stringify(told))).size).toBe(1);
  });

  it('gives up after some tries, and says why once for each', async () => {
    const { lane, sent, failures, failed } = useLane([BUSY]);
    lane.push(notification());
    await sent(MOST_TRIES);
    await failed(1);
    expect(failures).toEqual(['it answered 503']);
    expect((await sent(MOST_TRIES)).length).toBe(MOST_TRIES);
  });

  it('waits as long as it is asked to', async () => {
    const asked = notSent('it answered 429', { isFinal: false, retryAfterMs: 42_000 });
    const { lane, sent, waits } = useLane([asked, SENT]);
    lane.push(notification());
    await sent(2);
    expect(waits).toEqual([42_000]);
  });

  it.each([
    notSent('it answered 404', { isFinal: true }),
    notSent('it answered 429', { isFinal: false, retryAfterMs: LONGEST_WAIT_MS + 1 }),
  ])('does not try again in vain', async (refusal) => {
    const { lane, waits, failed } = useLane([refusal]);
    lane.push(notification());
    await failed(1);
    expect(waits).toEqual([]);
  });

  it('keeps few, and counts what it has left out in the next', async () => {
    const { lane, sent, release } = useLane([SENT], { holds: true });
    Array.from({ length: 30 }, (_, index) => lane.push(notification({ id: `r1-${index}` })));
    release();
    const told = await sent(20);
    expect(told.length).toBeLessThanOrEqual(21);
    expect(told.at(-1)?.id).toBe('r1-29');
    const left = told.reduce((sum, { held_back: held }) => sum + (held.breaker ?? 0), 0);
    expect(left + told.length).toBe(30);
  });

  it('tells of one that could not be sent in the next that can', async () => {
    const { lane, sent } = useLane([notSent('it answered 404', { isFinal: true }), SENT]);
    lane.push(notification());
    lane.push(
      notification({ kind: 'end', text: 'Loop "night" has ended', held_back: { limit: 2 } }),
    );
    const [, second] = await sent(2);
    expect(second?.held_back).toEqual({ limit: 2, breaker: 1 });
    expect(second?.text).toBe('Loop "night" has ended (Not sent before it: 2 limit, 1 breaker.)');
  });

  it('has done nothing yet when the loop goes on', () => {
    const { lane, told } = useLane([SENT]);
    lane.push(notification());
    expect(told).toEqual([]);
  });
});

it('takes what a channel throws for a failure', async () => {
  const failures: string[] = [];
  const send = () => Promise.reject(new TypeError('with https://host/secret'));
  const lane = new Lane({
    channel: { label: 'x', send },
    pause: () => Promise.resolve(),
    failed: (why) => failures.push(why),
  });
  lane.push(notification());
  await lane.close();
  expect(failures).toEqual(['telling it has failed (TypeError)']);
});

describe('a lane that is closed', () => {
  it('leaves its time to the last one', async () => {
    const { lane, told, release } = useLane([SENT], { holds: true });
    lane.push(notification({ id: 'on its way' }));
    lane.push(notification({ id: 'older' }));
    lane.push(notification({ id: 'the end', kind: 'end' }));
    await Promise.resolve();
    const closed = lane.close();
    release();
    await closed;
    expect(told.at(-1)).toMatchObject({ id: 'the end', held_back: { breaker: 1 } });
    expect(told.map(({ id }) => id)).not.toContain('older');
  });

  it('does not wait out a back-off', async () => {
    const { lane, sent, waits, paused } = useLane([BUSY, SENT], { sleeps: true });
    lane.push(notification());
    await paused(1);
    await lane.close();
    expect(waits[0]).toBeGreaterThanOrEqual(500);
    expect((await sent(2)).length).toBe(2);
  });

  it('gives up what never ends', async () => {
    const { lane, failures } = useLane(['hangs']);
    lane.push(notification());
    await lane.close();
    expect(failures).toEqual(['given up']);
  });
});

interface LaneUse {
  /** The channel answers nothing before it is released. */
  readonly holds?: boolean;
  /** Waits last until they are broken off. */
  readonly sleeps?: boolean;
}

function useLane(answers: readonly (Delivery | 'hangs')[], { holds, sleeps }: LaneUse = {}) {
  const told: Notification[] = [];
  const waits: number[] = [];
  const failures: string[] = [];
  let isHeld = holds ?? false;
  const gates = new Set<() => void>();
  const look = (): void => gates.forEach((gate) => gate());
  const until = (isSo: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const gate = (): void => {
        if (isSo()) {
          gates.delete(gate);
          resolve();
        }
      };
      gates.add(gate);
      gate();
    });
  const send = async (one: Notification, signal: AbortSignal): Promise<Delivery> => {
    await until(() => !isHeld || signal.aborted);
    const answer = answers[Math.min(told.length, answers.length - 1)] ?? SENT;
    told.push(one);
    look();
    if (answer === 'hangs') {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      return notSent('given up', { isFinal: false });
    }
    return answer;
  };
  const pause = async (ms: number, signal: AbortSignal): Promise<void> => {
    waits.push(ms);
    look();
    if (sleeps && !signal.aborted) {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    }
  };
  const failed = (why: string): void => {
    failures.push(why);
    look();
  };
  const lane = new Lane({ channel: { label: 'x', send }, pause, failed });
  return {
    ...{ lane, told, waits, failures },
    release: () => {
      isHeld = false;
      look();
    },
    paused: (count: number) => until(() => waits.length >= count),
    failed: (count: number) => until(() => failures.length >= count),
    sent: async (count: number) => {
      await until(() => told.length >= count);
      return told;
    },
  };
}
