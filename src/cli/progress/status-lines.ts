import type { LoopStatus } from '../../domain/loop-status.ts';
import { gateWords } from '../status/gate-words.ts';
import { spendingWords } from '../status/cap-words.ts';
import { durationText } from '../tables/moment-text.ts';
import { validationWords } from '../status/validation-words.ts';
import { stateWords } from '../status/state-words.ts';

export interface Moment {
  /** Epoch ms. */
  readonly now: number;
  /** Last words of the agent. */
  readonly said: string | null;
}

/** The live block: what it does, on what, for how long, and what the agent said last. */
export function statusLines(status: LoopStatus, { now, said }: Moment): string[] {
  const max = status.caps.maxIterations;
  const { totals } = status;
  const count = `iteration ${status.iteration} (${totals.iterations}${max ? ` of ${max}` : ''} done)`;
  const target = status.target ? ` · ${status.target}` : '';
  const asked = [
    status.stopRequested ? 'stopping after this iteration' : '',
    status.paused ? 'paused' : '',
  ];
  const doing = `● ${status.loop} ${stateWords({ status, departure: null })}`;
  const spent = spendingWords(status);
  const head = [doing, `${count}${target}`, ...spent, ...asked].filter(Boolean);
  return [head.join(' · '), `  ${second(status, now, said)}`];
}

function second(status: LoopStatus, now: number, said: string | null): string {
  if (status.worker) {
    const elapsed = clock((now - Date.parse(status.worker.since)) / 1000);
    return `${status.worker.agent} ${elapsed}${said === null ? '' : ` │ ${said}`}`;
  }
  if (status.validation) {
    const { since } = status.validation;
    return `${validationWords(status.validation)} │ ${clock((now - Date.parse(since)) / 1000)}`;
  }
  if (status.wait?.until) {
    const { gate } = status.wait;
    const why = gate === undefined ? '' : `${gateWords(gate)}; `;
    return `${why}next in ${clock((Date.parse(status.wait.until) - now) / 1000)}`;
  }
  return status.wait ? 'until autoloop resume' : '…';
}

function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole >= 3600) {
    return durationText(whole);
  }
  const minutes = Math.floor(whole / 60);
  return minutes === 0 ? `${whole} s` : `${minutes}:${String(whole % 60).padStart(2, '0')}`;
}
