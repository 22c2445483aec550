import { NOTHING_TOLD, type Spent } from '../../domain/tokens.ts';
import type { AgentExit, AgentReader, AgentSession, AgentVerdict, LineMeaning } from '../agent.ts';
import { parseJsonLine, textOf, type JsonObject } from '../json-line.ts';
import { classify } from './classify.ts';
import { FinalMessage } from './final-message.ts';
import { OpenTools } from './open-tools.ts';
import { resetInWords } from './reset-in-words.ts';
import { readResult, type ResultLine } from './result-line.ts';
import { Tally } from './tally.ts';
import { readLimitNotice, type LimitNotice } from './usage-limit.ts';

/** Reads `--output-format stream-json`. One process may print several results: the last one tells the ending. */
export class ClaudeReader implements AgentReader {
  readonly #tools = new OpenTools();
  readonly #message = new FinalMessage();
  readonly #tally: Tally;
  #hasSpoken = false;
  #isFinal = false;
  #result: ResultLine | null = null;
  #model: string | null = null;
  #sessionId: string | null = null;
  #messageError: string | null = null;
  #limit: LimitNotice | null = null;

  constructor(resumed: AgentSession | null = null) {
    this.#tally = new Tally(resumed?.spent ?? NOTHING_TOLD);
  }

  get spent(): Spent {
    return this.#tally.spent;
  }

  read(text: string): LineMeaning {
    const line = parseJsonLine(text);
    if (line) {
      this.#see(line);
    }
    return { life: !isRetryNotice(line), final: this.#isFinal, openTools: this.#tools.count };
  }

  conclude(exit: AgentExit): AgentVerdict {
    const { sums } = this.#tally;
    const judgement = classify(
      {
        hasSpoken: this.#hasSpoken,
        result: this.#result,
        messageError: this.#messageError,
        limit: this.#limit,
        denials: sums.denials,
      },
      exit,
    );
    return {
      ...judgement,
      ...sums,
      model: this.#model,
      sessionId: this.#sessionId,
      limitResetEpochMs: judgement.outcome === 'usage_limited' ? this.#limitReset(exit) : null,
      finalMessage: this.#message.text || (this.#result?.words ?? ''),
    };
  }

  #see(line: JsonObject): void {
    this.#hasSpoken ||= textOf(line.type) !== null;
    this.#sessionId = textOf(line.session_id) ?? this.#sessionId;
    if (line.type === 'system' && line.subtype === 'init') {
      this.#begin(line);
    } else if (line.type === 'assistant') {
      this.#listen(line);
    } else if (line.type === 'user') {
      this.#workOn(line);
      this.#tools.end(line);
    } else if (line.type === 'rate_limit_event') {
      this.#limit = readLimitNotice(line);
    } else if (line.type === 'result') {
      this.#finish(line);
    }
  }

  // Comes again when the end of a background task wakes the agent.
  #begin(line: JsonObject): void {
    this.#workOn(line);
    this.#model = textOf(line.model) ?? this.#model;
  }

  #listen(line: JsonObject): void {
    this.#tally.listen(line);
    this.#workOn(line);
    this.#tools.begin(line);
    if (isOwn(line)) {
      this.#messageError = textOf(line.error);
      this.#message.say(line);
    }
  }

  // A subagent at work takes back that the agent should exit, not what the agent has concluded.
  #workOn(line: JsonObject): void {
    this.#isFinal = false;
    if (isOwn(line)) {
      this.#result = null;
    }
  }

  #finish(line: JsonObject): void {
    this.#isFinal = true;
    this.#result = readResult(line);
    this.#tools.clear();
    this.#tally.add(line);
    this.#message.conclude(this.#result);
  }

  #limitReset({ endedAtEpochMs }: AgentExit): number | null {
    const told = this.#limit?.isRejected ? this.#limit.resetEpochMs : null;
    return told ?? resetInWords(this.#result?.words ?? '', endedAtEpochMs);
  }
}

// Said by the agent itself, not by a subagent.
function isOwn(line: JsonObject): boolean {
  return textOf(line.parent_tool_use_id) === null;
}

function isRetryNotice(line: JsonObject | null): boolean {
  return line?.type === 'system' && line.subtype === 'api_retry';
}
