import type { RecordedEvent } from '../../domain/event.ts';
import { isSuccess } from '../../domain/outcome.ts';
import { attributesOf, type Attributes } from './span.ts';

export interface AgentNames {
  readonly agent: string;
  /** That was asked for; null: the agent's own. */
  readonly model: string | null;
}

/** The conventions for GenAI agents, as far as a loop knows what they ask for. */
export function attemptAttributes(
  { details, iteration, exit_code: exitCode }: RecordedEvent<'worker_end'>,
  { agent, model }: AgentNames,
): Attributes {
  const { attempt, outcome, usage, swept } = details;
  return attributesOf({
    'gen_ai.operation.name': 'invoke_agent',
    'gen_ai.agent.name': agent,
    'gen_ai.provider.name': providerOf(agent),
    'gen_ai.request.model': model,
    'gen_ai.response.model': usage.model,
    'autoloop.iteration.number': iteration,
    'autoloop.attempt.number': attempt,
    'autoloop.outcome': outcome,
    'autoloop.attempt.reason': usage.reason,
    'autoloop.attempt.output_bytes': usage.output_bytes,
    'autoloop.attempt.cpu_seconds': usage.cpu_seconds,
    'autoloop.attempt.peak_memory_mb': usage.peak_memory_mb,
    'autoloop.attempt.peak_processes': usage.peak_processes,
    'autoloop.attempt.swept': swept.length,
    'process.exit.code': exitCode,
    'error.type': isSuccess(outcome) ? null : outcome,
  });
}

/** Tokens and cost are known of whole iterations alone. */
export function iterationAttributes({
  details,
  iteration,
}: RecordedEvent<'iteration_end'>): Attributes {
  const { outcome, tokens, target } = details;
  return attributesOf({
    'autoloop.iteration.number': iteration,
    'autoloop.outcome': outcome,
    'autoloop.target': target,
    'autoloop.iteration.attempts': details.attempts,
    'autoloop.iteration.turns': details.turns,
    'autoloop.iteration.cost_usd': details.cost_usd,
    'autoloop.iteration.cost_estimated': details.cost_estimated,
    'autoloop.iteration.changes': details.changes?.length,
    'autoloop.iteration.validated': details.validation,
    'autoloop.iteration.drifted': details.drifted,
    'gen_ai.usage.input_tokens': tokens?.in,
    'gen_ai.usage.output_tokens': tokens?.out,
    'gen_ai.usage.cache_read.input_tokens': tokens?.cached,
    'error.type': isSuccess(outcome) ? null : outcome,
  });
}

export function validationAttributes({ details }: RecordedEvent<'validation'>): Attributes {
  const { gate, passed, retried, reason, tests } = details;
  return attributesOf({
    'autoloop.validation.gate': gate,
    'autoloop.validation.passed': passed,
    'autoloop.validation.retried': retried,
    'autoloop.validation.reason': reason,
    'autoloop.validation.tests': tests === null ? null : JSON.stringify(tests),
  });
}

export function runAttributes(event: RecordedEvent<'loop_end'>): Attributes {
  return attributesOf({
    'autoloop.run.id': event.run_id,
    'autoloop.run.end': event.details.reason,
    'autoloop.run.iterations': event.details.iterations,
    'process.exit.code': event.exit_code,
  });
}

/** Whose models an agent works with; null: it has those of many. */
export function providerOf(agent: string): string | null {
  return PROVIDERS[agent] ?? null;
}

const PROVIDERS: Readonly<Record<string, string>> = {
  claude: 'anthropic',
  codex: 'openai',
  gemini: 'gcp.gemini',
};
