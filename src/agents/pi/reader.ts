import { NOTHING_TOLD, type Spent } from '../../domain/tokens.ts';
import type { AgentExit, AgentReader, AgentVerdict, LineMeaning } from '../agent.ts';
import { parseJsonLine, textOf, type JsonObject } from '../json-line.ts';
import { lastWords } from '../last-words.ts';
import { readAnswer, type Answer } from './answer.ts';
import { readApiError } from './api-error.ts';
import { classify } from './classify.ts';
import { OpenTools } from './open-tools.ts';
import { RunEnd } from './run-end.ts';
import { Tally } from './tally.ts';
import { limitReset } from './usage-limit.ts';

/** Reads `--mode json`. The last answer of the model, or the error in its place, tells the ending. */
export class PiReader implements AgentReader {
  readonly #tools = new OpenTools();
  readonly #tally = new Tally();
  readonly #end = new RunEnd();
  #hasBegun = false;
  /** Of the last turn. */
  #answer: Answer | null = null;
  #lastWords = '';
  #model: string | null = null;
  #sessionId: string | null = null;

  get spent(): Spent {
    return this.#tally.spent;
  }

  read(text: string): LineMeaning {
    const line = parseJsonLine(text) ?? cutLine(text);
    if (line) {
      this.#see(line);
    }
    return {
      life: !RETRY_NOTICES.has(line?.type),
      final: this.#end.isFinal,
      openTools: this.#tools.count,
    };
  }

  conclude(exit: AgentExit): AgentVerdict {
    const { isOver, isAborted } = this.#end;
    const answer = this.#answer;
    const judgement = classify({ hasBegun: this.#hasBegun, isOver, isAborted, answer }, exit);
    const error = readApiError(answer?.errorWords ?? '');
    return {
      ...judgement,
      ...this.spent,
      sessionSpent: NOTHING_TOLD,
      turns: this.#tally.turns,
      model: this.#model,
      sessionId: this.#keptSession(),
      denials: [],
      limitResetEpochMs:
        judgement.outcome === 'usage_limited' ? limitReset(error, exit.endedAtEpochMs) : null,
      finalMessage: lastWords(this.#lastWords || error.message),
    };
  }

  // 0.73.1 keeps a session from its first answer on, later versions have nothing more than the prompt in it before.
  #keptSession(): string | null {
    return this.#tally.turns === null ? null : this.#sessionId;
  }

  #see(line: JsonObject): void {
    this.#tools.see(line);
    this.#end.see(line);
    this.#hasBegun ||= WORK.has(line.type);
    if (line.type === 'session') {
      this.#sessionId = textOf(line.id);
    } else if (line.type === 'turn_start') {
      this.#answer = null;
    } else if (line.type === 'message_start' || line.type === 'message_update') {
      this.#tally.update(line);
    } else if (line.type === 'message_end') {
      this.#listen(readAnswer(line));
    } else if (line.type === 'compaction_end') {
      this.#tally.addCompaction(line);
    }
  }

  #listen(answer: Answer | null): void {
    if (answer === null) {
      return;
    }
    this.#tally.add(answer);
    this.#answer = answer;
    this.#model = answer.model ?? this.#model;
    if (answer.stopReason !== 'error' && answer.text !== '') {
      this.#lastWords = answer.text;
    }
  }
}

// Before any of these it prints the head of its session, and events of extensions.
const WORK = new Set<unknown>(['agent_start', 'turn_start', 'message_start', 'message_end']);

const RETRY_NOTICES = new Set<unknown>([
  'auto_retry_start',
  'auto_retry_end',
  'summarization_retry_scheduled',
  'summarization_retry_attempt_start',
  'summarization_retry_finished',
]);

// It repeats all messages of a long run: so long that it comes cut off.
function cutLine(text: string): JsonObject | null {
  return text.startsWith('{"type":"agent_end",') ? { type: 'agent_end' } : null;
}
