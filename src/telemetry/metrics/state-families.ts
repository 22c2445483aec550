import type { LoopStatus } from '../../domain/loop-status.ts';
import { epochSeconds } from './epoch-seconds.ts';
import { gauge, named, oneOf, type MetricFamily } from './metric-family.ts';
import type { MetricsMoment } from './metrics-moment.ts';

/** What the loop is doing. */
export function stateFamilies(moment: MetricsMoment): MetricFamily[] {
  const { status, task, agent, version } = moment;
  const info = named('autoloop_info', 'Facts of the loop; always 1.');
  return [
    { ...info, type: 'gauge', samples: [{ labels: { task, agent, version }, value: 1 }] },
    gauge(
      named('autoloop_running', 'Whether a runner lives and its run has not ended.'),
      Number(isRunning(status)),
    ),
    oneOf(named('autoloop_state', 'State of the loop: 1 for the one it is in.'), {
      ...{ label: 'state', all: STATES, now: [status.state.split('.')[0] ?? ''] },
    }),
    gauge(
      named('autoloop_state_since_timestamp_seconds', 'When it came into its state.'),
      epochSeconds(status.since),
    ),
    oneOf(named('autoloop_waiting', 'What the loop waits for: 1 where it does.'), {
      ...{ label: 'kind', all: WAITS, now: status.wait ? [status.wait.kind] : [] },
    }),
    gauge(
      named('autoloop_wait_until_timestamp_seconds', 'When the wait ends, where that is known.'),
      epochSeconds(status.wait?.until ?? null),
    ),
    gauge(named('autoloop_paused', 'Whether it is paused.'), Number(status.paused)),
    gauge(named('autoloop_stop_requested', 'Whether it will stop.'), Number(status.stopRequested)),
    oneOf(named('autoloop_breaker', 'State of the breaker: 1 for the one it is in.'), {
      ...{ label: 'state', all: ['closed', 'open', 'half_open'], now: [status.breaker.state] },
    }),
    gauge(named('autoloop_iteration', 'Number of the last iteration begun.'), status.iteration),
    ...eventFamilies(moment),
  ];
}

function eventFamilies({ tally }: MetricsMoment): MetricFamily[] {
  const help = 'When the last event was recorded.';
  return [
    {
      ...named('autoloop_events', 'Events recorded, over all runs.'),
      type: 'counter',
      samples: tally.seq === 0 ? [] : [{ labels: {}, value: tally.seq }],
    },
    gauge(
      named('autoloop_last_event_timestamp_seconds', help),
      tally.lastEventAt && tally.lastEventAt / 1000,
    ),
  ];
}

function isRunning({ running, state }: LoopStatus): boolean {
  return running && state !== 'stopped';
}

const STATES = [
  ...['idle', 'selecting', 'prompting', 'running', 'summarizing', 'waiting', 'stopping'],
  'stopped',
];
const WAITS = ['interval', 'backoff', 'usage_limit', 'gate', 'pause'];
