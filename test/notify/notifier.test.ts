import { describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../../src/domain/event.ts';
import type { LoopStatus } from '../../src/domain/loop-status.ts';
import type { NotificationKind } from '../../src/domain/notification/kind.ts';
import type { Notification } from '../../src/domain/notification/notification.ts';
import { notSent, SENT, type Delivery } from '../../src/notify/channels/channel.ts';
import { Notifier } from '../../src/notify/notifier.ts';
import { notifierPlan } from './notifier-plan.ts';
import { recorded, statusWith } from './notifications.ts';

const HOST = / on \S+ /;
const AT_FOUR = '2026-01-02T04:04:05.000Z';

describe('a sentence for 3 am', () => {
  it('tells that a run has ended well', async () => {
    const [told] = await tell([end('max_iterations', 0)]);
    expect(sentence(told)).toBe(
      'Loop "night" has ended: it has done its 57 iterations (--max); 41 of 57 iterations succeeded, $5.02, in 7 h 10 min – see what it did: autoloop iterations --task improve --name night',
    );
    expect(told).toMatchObject({
      ...{ kind: 'end', level: 'info', state: 'happened', reason: 'max_iterations', exit_code: 0 },
      command: 'autoloop iterations --task improve --name night',
      figures: { iterations: 57, succeeded: 41, failed: 16, success_rate: 0.719, cost_usd: 5.02 },
    });
  });

  it.each([
    ['max_cost', { maxCostUsd: 5 }, /it has cost \$5\.02 of the \$5\.00 allowed \(--max-cost\)/],
    ['max_runtime', { maxRuntimeSeconds: 28_800 }, /has run for the 8 h allowed/],
    ['max_failures', { failuresInRow: 5 }, /5 failures in a row \(--max-failures\)/],
    ['max_limit_wait', { maxLimitWaitSeconds: 7_200 }, /more than the 2 h allowed/],
    ['max_tokens', { maxTokens: 1_000 }, /has used 0 of the 1000 tokens allowed/],
  ])('tells that a run has come to its cap: %s', async (reason, caps, words) => {
    const [told] = await tell([end(reason, 158)], { status: statusWith({ caps }) });
    expect(told).toMatchObject({ kind: 'cap', level: 'warning', reason });
    expect(told?.text).toMatch(words);
    expect(told?.command).toBe('autoloop status --task improve --name night');
  });

  it.each([
    ['auth_failed', /login, key, billing or credit was refused/, 'autoloop health'],
    ['disk_low', /no room on the disk/, 'autoloop health'],
    ['stopped', /it was forced to stop/, 'autoloop status'],
  ])('tells why a run has ended badly: %s', async (reason, words, command) => {
    const [told] = await tell([end(reason, 155)]);
    expect(told?.text).toMatch(words);
    expect(told?.command).toContain(command);
  });

  it('tells the error that ended a run, and its fix', async () => {
    const error = { code: 155, message: 'data/x cannot be written.', fix: 'Give it to you.' };
    const [told] = await tell([
      recorded('error', { ...error, fatal: true }, 155),
      end('error', 155),
    ]);
    expect(sentence(told)).toMatch(
      /^Loop "night" has ended: data\/x cannot be written; .* – Give it to you: autoloop status/,
    );
    expect(told?.level).toBe('error');
  });

  it('tells of an open breaker once, and when it has closed', async () => {
    const told = await tell([
      breaker('open'),
      breaker('half_open'),
      breaker('open'),
      breaker('closed'),
    ]);
    expect(told.map(({ state }) => state)).toEqual(['raised', 'cleared']);
    expect(sentence(told[0])).toBe(
      'Loop "night" has stopped trying: the same error came 3 times in a row; it tries again in 1 h (04:04 UTC); 41 of 57 iterations succeeded, $5.02, in 7 h 10 min – see why: autoloop show 57 --task improve --name night',
    );
    expect(told[0]).toMatchObject({ kind: 'breaker', reason: 'same_error', until: AT_FOUR });
    expect(told[1]?.command).toBeNull();
  });

  it('tells of a usage limit once for each time it lasts to', async () => {
    const wait = (kind: 'usage_limit' | 'interval', until: string) =>
      recorded('wait_start', { kind, until, reason: null });
    const told = await tell([
      wait('usage_limit', AT_FOUR),
      wait('interval', AT_FOUR),
      wait('usage_limit', AT_FOUR),
      wait('usage_limit', '2026-01-02T09:04:05.000Z'),
    ]);
    expect(told.map(({ until }) => until)).toEqual([AT_FOUR, '2026-01-02T09:04:05.000Z']);
    expect(sentence(told[0])).toMatch(
      /^Loop "night" waits for the usage limit of claude and goes on by itself in 1 h/,
    );
  });

  it('tells of an anomaly that is raised and that has cleared; of an opportunity only once', async () => {
    const anomaly = (level: 'warning' | 'opportunity', state: 'raised' | 'cleared') =>
      recorded('anomaly', {
        ...{ kind: 'success_drop', level, state, value: 0.2, limit: 0.5 },
        message: 'success has dropped to 20 %',
        advice: state === 'raised' ? 'Look at the errors.' : '',
      });
    const told = await tell([
      ...[anomaly('warning', 'raised'), anomaly('warning', 'cleared')],
      ...[anomaly('opportunity', 'raised'), anomaly('opportunity', 'cleared')],
    ]);
    expect(told.map(({ state, level }) => `${level} ${state}`)).toEqual([
      ...['warning raised', 'info cleared', 'info raised'],
    ]);
    expect(told[0]?.text).toContain('success has dropped to 20 %; Look at the errors;');
  });
});

describe('what is told', () => {
  it('is only what is asked for', async () => {
    const events = [breaker('open'), end('stopped', 0)];
    expect((await tell(events, { on: ['breaker'] })).map(({ kind }) => kind)).toEqual(['breaker']);
    expect((await tell(events, { on: ['end'] })).map(({ kind }) => kind)).toEqual(['end']);
    expect(await tell(events, { on: ['limit'] })).toEqual([]);
  });

  it('is that a run ends at a cap, to whoever asks for ends or for caps', async () => {
    for (const kind of ['end', 'cap'] as const) {
      expect(await tell([end('max_cost', 158)], { on: [kind] })).toHaveLength(1);
    }
    expect(await tell([end('stopped', 0)], { on: ['cap'] })).toEqual([]);
  });

  it('has an id of its own for each, the same whenever it is told', async () => {
    const events = [breaker('open'), end('stopped', 0)];
    const once = await tell(events);
    const again = await tell(events);
    expect(once.map(({ id }) => id)).toEqual(again.map(({ id }) => id));
    expect(new Set(once.map(({ id }) => id)).size).toBe(2);
  });

  it('is redacted, and short', async () => {
    const secret = 'sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789';
    const message = `the key ${secret} was refused ${'x'.repeat(5_000)}`;
    const [told] = await tell([
      recorded('error', { code: 155, message, fix: null, fatal: true }),
      end('error', 155),
    ]);
    expect(JSON.stringify(told)).not.toContain('abcdefghijklmnop');
    expect(told?.text.length).toBeLessThan(1_000);
  });
});

describe('a target that fails', () => {
  it('is told once, by what may be shown of it', async () => {
    const warnings: string[] = [];
    const refusal = notSent('it answered 404', { isFinal: true });
    await tell([breaker('open'), breaker('closed'), end('stopped', 0)], {
      answer: refusal,
      warn: (code, message) => warnings.push(`${code}: ${message}`),
    });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/^notify_failed: .* could not be sent to here: it answered 404\./);
  });

  it('does not matter where nothing can be recorded any more', async () => {
    const told = await tell([breaker('open'), end('stopped', 0)], {
      answer: notSent('no', { isFinal: true }),
      warn: () => {
        throw new Error('the disk is full');
      },
    });
    expect(told).toHaveLength(2);
  });
});

interface Telling {
  readonly on?: readonly NotificationKind[];
  readonly status?: LoopStatus;
  readonly answer?: Delivery;
  readonly warn?: (code: string, message: string) => void;
}

/** What a target hears of these events. */
async function tell(events: readonly RecordedEvent[], telling: Telling = {}) {
  const { on, status = statusWith({}), answer = SENT, warn = () => {} } = telling;
  const told: Notification[] = [];
  const plan = notifierPlan([], on && { notifyOn: on });
  const notifier = new Notifier(
    { plan, status: () => status, warn },
    {
      channels: [
        {
          label: 'here',
          send: (one) => {
            told.push(one);
            return Promise.resolve(answer);
          },
        },
      ],
      pause: () => Promise.resolve(),
      now: () => 0,
    },
  );
  for (const event of events) {
    notifier.observe(event);
    // Each has the time to be sent before the next one: only the last is told of a runner that ends.
    await new Promise(setImmediate);
  }
  await notifier.close();
  return told;
}

function sentence(told: Notification | undefined): string {
  return told?.text.replace(HOST, ' ') ?? '';
}

function end(reason: string, exitCode: number): RecordedEvent {
  return recorded('loop_end', { reason, iterations: 57 }, exitCode);
}

function breaker(state: 'open' | 'half_open' | 'closed'): RecordedEvent {
  const isOpen = state === 'open';
  return recorded('breaker', {
    state,
    cause: state === 'closed' ? null : 'same_error',
    cooldown: isOpen ? 3_600 : null,
    until: isOpen ? AT_FOUR : null,
    diagnosis: isOpen ? 'The same error came 3 times in a row.\nIteration 57: no disk' : null,
  });
}
