import type { Summary } from '../../summary/summary.ts';
import { DETECTORS, type Detector } from './detectors.ts';
import type { Anomaly, Notice, RaisedAnomalies, RaisedAnomaly } from './notice.ts';

/**
 * Holds each kind against its thresholds after an iteration. What was raised clears at another, calmer threshold only, so
 * that a figure which moves about one of them is told once.
 */
export function foldAnomalies(before: RaisedAnomalies, summary: Summary): RaisedAnomalies {
  const kinds = DETECTORS.map((detector) => {
    const known = before[detector.kind] ?? NEVER_RAISED;
    return [detector.kind, look(detector, known, summary)] as const;
  });
  return Object.fromEntries(kinds.filter(([, { holds, untold }]) => holds ?? untold));
}

/** The notice has been recorded. */
export function tellAnomaly(before: RaisedAnomalies, { kind, state }: Notice): RaisedAnomalies {
  const known = before[kind];
  if (known?.untold?.state !== state) {
    return before;
  }
  const { [kind]: _, ...others } = before;
  return known.holds ? { ...others, [kind]: { ...known, untold: null } } : others;
}

export function activeAnomalies(raised: RaisedAnomalies): readonly Anomaly[] {
  return Object.values(raised).flatMap(({ holds }) => holds ?? []);
}

export function untoldNotices(raised: RaisedAnomalies): readonly Notice[] {
  return Object.values(raised).flatMap(({ untold }) => untold ?? []);
}

const NEVER_RAISED: RaisedAnomaly = { holds: null, untold: null };

function look(detector: Detector, known: RaisedAnomaly, summary: Summary): RaisedAnomaly {
  const { kind, level } = detector;
  const found = detector.look(summary);
  if (found === null) {
    return known;
  }
  const { value, limit } = found;
  if (known.holds === null && found.isRaised) {
    const said = { kind, level, value, limit, message: found.message, advice: detector.advice };
    const untold = { ...said, state: 'raised' as const };
    return { holds: { ...said, since: summary.generated_at ?? '' }, untold };
  }
  if (known.holds !== null && found.isCalm) {
    const message = `${known.holds.message}: not any more`;
    const cleared = { kind, level, value, limit, message, advice: '', state: 'cleared' as const };
    return { holds: null, untold: known.untold === null ? cleared : null };
  }
  return known.holds === null
    ? known
    : {
        ...known,
        holds: { ...known.holds, value, ...(found.isRaised && { message: found.message }) },
      };
}
