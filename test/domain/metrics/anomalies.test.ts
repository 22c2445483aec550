import { expect, test } from 'vitest';
import { DETECTORS } from '../../../src/domain/metrics/anomalies/detectors.ts';
import { untoldNotices } from '../../../src/domain/metrics/anomalies/fold-anomalies.ts';
import type { AnomalyKind } from '../../../src/domain/metrics/anomalies/notice.ts';
import { foldEvent } from '../../../src/domain/metrics/fold-event.ts';
import { withFigures } from '../../../src/domain/metrics/with-figures.ts';
import type { Summary } from '../../../src/domain/summary/summary.ts';
import { History, times, type Told } from './history.ts';

/** Folds a history, recording each notice after the event that brought it about, as the runner does. */
function noticesOf(tell: (history: History) => void): { told: string[]; summary: Summary } {
  const history = new History().start();
  tell(history);
  let summary: Summary | null = null;
  const told: string[] = [];
  let seq = 0;
  for (const event of history.events) {
    seq += 1;
    summary = foldEvent(summary, { ...event, seq });
    for (const notice of untoldNotices(summary.state.metrics?.anomalies ?? {})) {
      told.push(`${notice.kind} ${notice.state}`);
      seq += 1;
      summary = foldEvent(summary, { ...event, event: 'anomaly', details: notice, seq });
    }
  }
  return { told, summary: summary ? withFigures(summary) : expect.fail('nothing was folded') };
}

const good =
  (told: Told = {}): ((history: History) => void) =>
  (history) =>
    void history.iterate({ duration: 600, ...told });
const bad =
  (told: Told = {}): ((history: History) => void) =>
  (history) =>
    void history.iterate({
      duration: 600,
      outcome: 'failed',
      reason: `e${history.iteration}a`,
      ...told,
    });

function both(...tellings: readonly ((history: History) => void)[]): (history: History) => void {
  return (history) => tellings.forEach((tell) => tell(history));
}

/** Of each kind: what raises it, then what clears it. */
const CASES: Readonly<Record<AnomalyKind, readonly [(h: History) => void, (h: History) => void]>> =
  {
    success_drop: [
      both(times(20, good()), times(3, both(bad({ reason: 'x' }), bad({ reason: 'y' })))),
      times(20, good()),
    ],
    duration_rising: [
      both(times(20, good({ duration: 100 })), times(10, good({ duration: 200 }))),
      times(50, good({ duration: 200 })),
    ],
    same_error: [times(3, bad({ reason: 'no such file' })), good()],
    target_stuck: [
      times(5, (history) => history.iterate({ target: 'api', outcome: 'timed_out', reason: 'z' })),
      (history) => history.iterate({ target: 'api' }),
    ],
    validation_failing: [times(3, bad({ outcome: 'validation_failed' })), good()],
    cost_rising: [
      both(times(20, good({ cost: 1 })), times(10, good({ cost: 2 }))),
      times(50, good({ cost: 2 })),
    ],
    timeouts: [both(times(12, good()), times(3, bad({ outcome: 'timed_out' }))), times(20, good())],
    memory_growth: [
      both(
        good({ duration: 3600, resources: { runner_memory_mb: 60 } }),
        good({ duration: 3600, resources: { runner_memory_mb: 120 } }),
      ),
      good({ duration: 40 * 3600, resources: { runner_memory_mb: 121 } }),
    ],
    disk_filling: [
      good({ resources: { disk_used_percent: 91 } }),
      good({ resources: { disk_used_percent: 85 } }),
    ],
    log_growing: [
      good({ resources: { log_size_mb: 501 } }),
      good({ resources: { log_size_mb: 399 } }),
    ],
    shorten_interval: [times(20, good({ duration: 100 })), times(50, good({ duration: 300 }))],
    widen_scope: [times(50, good()), times(16, both(bad(), bad({ reason: 'q' })))],
    add_workers: [
      times(25, good({ duration: 3600, resources: { runner_memory_mb: 60 } })),
      good({ duration: 3600, resources: { runner_memory_mb: 2000 } }),
    ],
    graduate: [
      times(10, (history) => history.iterate({ target: 'api', outcome: 'no_change' })),
      (history) => history.iterate({ target: 'api' }),
    ],
  };

test('every detector has a case here', () => {
  expect(Object.keys(CASES).toSorted()).toEqual(DETECTORS.map(({ kind }) => kind).toSorted());
});

test.for(Object.entries(CASES))(
  '%s is told once when it begins, and once when it is over',
  ([kind, [raise, clear]]) => {
    const raised = noticesOf(raise);
    expect(raised.told.filter((name) => name.startsWith(kind))).toEqual([`${kind} raised`]);
    const active = raised.summary.anomalies.find((anomaly) => anomaly.kind === kind);
    expect(active?.message).not.toBe('');
    expect(active?.advice).not.toBe('');
    const cleared = noticesOf(both(raise, clear));
    expect(cleared.told.filter((name) => name.startsWith(kind))).toEqual([
      `${kind} raised`,
      `${kind} cleared`,
    ]);
    expect(cleared.summary.anomalies.filter((anomaly) => anomaly.kind === kind)).toEqual([]);
  },
);

test('a figure that moves about its threshold is told once', () => {
  const { told } = noticesOf(
    times(
      20,
      both(
        good({ resources: { disk_used_percent: 90.2 } }),
        good({ resources: { disk_used_percent: 89.8 } }),
      ),
    ),
  );
  expect(told.filter((name) => name.startsWith('disk'))).toEqual(['disk_filling raised']);
});

test('a quiet night has nothing to tell', () => {
  const { told } = noticesOf(times(40, both(good({ duration: 600, cost: 1 }), bad())));
  expect(told).toEqual([]);
});
