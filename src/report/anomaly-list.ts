import type { RecordedEvent } from '../domain/event.ts';
import type { AnomalyReport } from './report.ts';

/** Which anomalies came, and which of them stand. */
export class AnomalyList {
  readonly #anomalies = new Map<string, AnomalyReport>();

  add({ timestamp, details }: RecordedEvent<'anomaly'>): void {
    const kind = textIn(details, 'kind');
    if (kind === null) {
      return;
    }
    const known = this.#anomalies.get(kind);
    if (textIn(details, 'state') === 'cleared') {
      if (known) {
        this.#anomalies.set(kind, { ...known, cleared_at: timestamp });
      }
      return;
    }
    this.#anomalies.set(kind, {
      kind,
      level: textIn(details, 'level') === 'opportunity' ? 'opportunity' : 'warning',
      message: textIn(details, 'message') ?? kind,
      advice: textIn(details, 'advice'),
      value: valueIn(details, 'value'),
      limit: valueIn(details, 'limit'),
      raised_at: timestamp,
      cleared_at: null,
      times: (known?.times ?? 0) + 1,
    });
  }

  /** Those that stood since then: warnings that stand, other things that stand, then the youngest. `since`: ISO-8601; null: ever. */
  report(since: string | null): AnomalyReport[] {
    const rank = ({ cleared_at, level, raised_at }: AnomalyReport): string =>
      `${cleared_at === null ? 1 : 0}${level === 'warning' ? 1 : 0}${raised_at}`;
    return [...this.#anomalies.values()]
      .filter(({ cleared_at }) => since === null || cleared_at === null || cleared_at >= since)
      .toSorted((left, right) => (rank(right) > rank(left) ? 1 : -1));
  }
}

function textIn(owner: object, name: string): string | null {
  const value: unknown = Reflect.get(owner, name);
  return typeof value === 'string' && value !== '' ? value : null;
}

function valueIn(owner: object, name: string): number | string | null {
  const value: unknown = Reflect.get(owner, name);
  return typeof value === 'number' || typeof value === 'string' ? value : null;
}
