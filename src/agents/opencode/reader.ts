import type { Spent } from '../../domain/tokens.ts';
import type { AgentExit, AgentReader, AgentVerdict, LineMeaning } from '../agent.ts';
import { objectOf, parseJsonLine, textOf, textsOf, type JsonObject } from '../json-line.ts';
import { classify } from './classify.ts';
import { deniedTool } from './denial.ts';
import { readError, type ErrorLine } from './error-line.ts';
import { FinalMessage } from './final-message.ts';
import { Overflow } from './overflow.ts';
import { Tally } from './tally.ts';
import { isUsageLimit, limitReset } from './usage-limit.ts';

/** Reads `--format json`. There is no line for the end: it is a step after which nothing is left to do, or an error. */
export class OpencodeReader implements AgentReader {
  readonly #message = new FinalMessage();
  readonly #tally = new Tally();
  readonly #overflow = new Overflow();
  #hasSpoken = false;
  #hasErred = false;
  #isInStep = false;
  #hasUsedTools = false;
  #endReason: string | null = null;
  #error: ErrorLine | null = null;
  #sessionId: string | null = null;

  get spent(): Spent {
    return this.#tally.spent;
  }

  read(text: string): LineMeaning {
    const line = parseJsonLine(text);
    if (line) {
      this.#see(line);
    }
    return {
      life: true,
      final: this.#isFinal,
      // It tells of a tool, and of all that a subagent did, only when it is over: in an open step there may be one.
      openTools: this.#isInStep ? 1 : 0,
    };
  }

  conclude(exit: AgentExit): AgentVerdict {
    const { sums } = this.#tally;
    const error = this.#error ?? this.#overflow.errorAt(exit);
    const judgement = classify(
      {
        hasSpoken: this.#hasSpoken,
        error,
        endReason: this.#endReason,
        hasErred: this.#hasErred,
        denials: sums.denials,
      },
      exit,
    );
    return {
      ...judgement,
      ...sums,
      // It does not tell which one it took.
      model: null,
      sessionId: this.#sessionId,
      limitResetEpochMs:
        error !== null && judgement.outcome === 'usage_limited' && isUsageLimit(error)
          ? limitReset(error, exit.endedAtEpochMs)
          : null,
      finalMessage: this.#message.text || (error?.words ?? '').slice(-8_000),
    };
  }

  get #isFinal(): boolean {
    return this.#overflow.isHopeless || (this.#endReason ?? this.#error) !== null;
  }

  #see(line: JsonObject): void {
    const part = objectOf(line.part);
    this.#hasSpoken ||= textOf(line.type) !== null;
    this.#sessionId = textOf(line.sessionID) ?? this.#sessionId;
    if (line.type === 'step_start') {
      this.#beginStep();
    } else if (line.type === 'text') {
      this.#listen(part);
    } else if (line.type === 'tool_use') {
      this.#useTool(part);
    } else if (line.type === 'step_finish') {
      this.#endStep(part);
    } else if (line.type === 'error') {
      this.#fail(readError(line));
    } else if (line.type === 'done') {
      // Of versions after 1.18: permissions that nobody gave.
      textsOf(line.rejected).forEach((permission) => this.#tally.deny(permission));
    }
  }

  #beginStep(): void {
    this.#isInStep = true;
    this.#hasUsedTools = false;
    this.#endReason = null;
    this.#error = null;
    if (!this.#overflow.isCompacting) {
      this.#overflow.clear();
    }
  }

  #listen(part: JsonObject): void {
    if (part.synthetic === true) {
      // What it tells the model after it summed up: the work goes on.
      this.#overflow.endCompaction();
      this.#endReason = null;
    } else if (!this.#overflow.isCompacting) {
      this.#message.say(part);
    }
  }

  #useTool(part: JsonObject): void {
    this.#hasUsedTools ||= objectOf(part.metadata).providerExecuted !== true;
    const denied = deniedTool(part);
    if (denied !== null) {
      this.#tally.deny(denied);
    }
  }

  #endStep(part: JsonObject): void {
    const reason = textOf(part.reason) ?? 'unknown';
    const goesOn =
      this.#hasUsedTools || this.#overflow.isCompacting || GOES_ON_AFTER.includes(reason);
    this.#isInStep = false;
    this.#endReason = goesOn ? null : reason;
    this.#tally.add(part);
  }

  #fail(error: ErrorLine): void {
    this.#hasErred = true;
    this.#isInStep = false;
    this.#endReason = null;
    if (error.name === 'ContextOverflowError') {
      this.#overflow.begin(error);
    } else {
      this.#error = error;
    }
  }
}

const GOES_ON_AFTER = ['tool-calls', 'unknown'];
