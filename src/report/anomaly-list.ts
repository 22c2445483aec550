import type { AnomalyReport } from './report.ts';

type Told = { readonly event: string; readonly timestamp: string; readonly details: object };

/** Which anomalies came, and which of them stand. */
export class AnomalyList {
  readonly #anomalies = new Map<string, AnomalyReport>();

  add({ event, timestamp, details }: Told): void {
    const kind = textIn(details, 'kind');
    if (event !== 'anomaly' || kind === null) {
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
      message: textIn(details, 'message') ?? kind,
      advice: textIn(details, 'advice'),
      value: valueIn(details, 'value'),
      limit: valueIn(details, 'limit'),
      raised_at: timestamp,
      cleared_at: null,
      times: (known?.times ?? 0) + 1,
    });
  }

  /** Those that stand first, then the youngest. */
  report(): AnomalyReport[] {
    const rank = ({ cleared_at, raised_at }: AnomalyReport): string =>
      `${cleared_at === null ? 1 : 0}${raised_at}`;
    return [...this.#anomalies.values()].toSorted((left, right) =>
      rank(right) > rank(left) ? 1 : -1,
    );
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
