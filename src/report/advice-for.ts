import { isOutcome, type Outcome } from '../domain/outcome.ts';

/** What to change where this outcome comes often; null: nothing helps but looking. */
export function adviceFor(outcome: string): string | null {
  return isOutcome(outcome) ? ADVICE[outcome] : null;
}

const ADVICE: Readonly<Record<Outcome, string | null>> = {
  succeeded: null,
  no_change:
    'Most iterations find nothing to do: give the loop other targets, or let it end (--complete-after).',
  failed: 'Look at one of them whole (autoloop show N), and mend the prompt or the environment.',
  timed_out: 'Ask for smaller steps in the prompt, or give attempts more time (--timeout).',
  idle_timed_out:
    'The agent hangs: see its last lines (autoloop logs --iteration N). If it only thinks for long, raise --idle-timeout.',
  killed: null,
  interrupted:
    "Something else ends the workers: look for the kernel's out-of-memory killer (journalctl -k) and for reboots.",
  selection_failed: 'See why no target can be chosen: autoloop select --explain.',
  validation_failed:
    'Show the agent what it has to pass: name the gates and their commands in the prompt.',
  usage_limited:
    'The plan is too small for this pace: raise --interval, or name --fallback-agents that go on meanwhile.',
  rate_limited: 'Slow down: raise --interval, or use fewer workers.',
  network_failed:
    "The model's service or the network fails: look at its status page and at a proxy.",
  auth_failed: 'Log the agent in again, or renew its key or its credit (autoloop health).',
  permission_denied:
    'Allow the tools that it needs (--allowed-tools), or tell it in the prompt to do without.',
  worker_unavailable: 'Install the agent, or name a model that exists (autoloop health).',
  max_turns: 'Ask for smaller steps in the prompt, or allow more turns (--max-turns).',
  budget_exceeded: 'Ask for smaller steps, use a cheaper model (--model), or raise the cap.',
  resource_exceeded:
    'Give its workers more memory (--memory) or processes (--max-procs), or free the disk.',
  prompt_too_long: 'Shorten the prompt and what it includes.',
  unknown: 'Look at one of them whole: autoloop show N.',
};
