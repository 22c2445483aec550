import { NOTHING_TOLD, spentSince, type Spent } from '../../domain/tokens.ts';
import type { AgentExit, AgentReader, AgentSession, AgentVerdict, LineMeaning } from '../agent.ts';
import { parseJsonLine, textOf, type JsonObject } from '../json-line.ts';
import { lastWords } from '../last-words.ts';
import { billOf } from './bill.ts';
import { classify } from './classify.ts';
import { denialsIn } from './denials.ts';
import { readItem, type Item } from './item.ts';
import { limitResetIn } from './limit-reset.ts';
import { OpenTools } from './open-tools.ts';
import { readTurnEnd, type TurnEnd } from './turn-end.ts';

/** Reads what `codex exec --json` prints: a session, a turn, its items, and how the turn ended. */
export class CodexReader implements AgentReader {
  readonly #before: Spent;
  readonly #isResumed: boolean;
  readonly #tools = new OpenTools();
  #bill: Spent = NOTHING_TOLD;
  #sessionId: string | null = null;
  #hasBegun = false;
  #hasWorked = false;
  #turnEnd: TurnEnd | null = null;
  #lastWords = '';

  constructor(resumed: AgentSession | null = null) {
    this.#isResumed = resumed !== null;
    this.#before = resumed?.spent ?? NOTHING_TOLD;
  }

  /** Nothing before the end of the turn. */
  get spent(): Spent {
    return spentSince(this.#before, this.#bill);
  }

  read(text: string): LineMeaning {
    const line = parseJsonLine(text);
    if (line) {
      this.#see(line);
    }
    return {
      life: !isTrouble(line),
      final: this.#turnEnd !== null,
      openTools: this.#tools.count,
    };
  }

  conclude(exit: AgentExit): AgentVerdict {
    const judgement = classify(
      {
        hasStarted: this.#sessionId !== null,
        hasBegun: this.#hasBegun,
        hasWorked: this.#hasWorked,
        isResumed: this.#isResumed,
        turnEnd: this.#turnEnd,
      },
      exit,
    );
    const failure = this.#turnEnd?.isFailure ? this.#turnEnd.words : '';
    return {
      ...judgement,
      ...this.spent,
      // A turn that failed tells no usage: what was known before is still known.
      sessionSpent: this.#bill.tokens === null ? this.#before : this.#bill,
      turns: null,
      model: null,
      sessionId: this.#sessionId,
      denials: denialsIn(exit.stderrTail),
      limitResetEpochMs:
        judgement.outcome === 'usage_limited' ? limitResetIn(failure, exit.endedAtEpochMs) : null,
      finalMessage: lastWords(this.#lastWords || failure),
    };
  }

  #see(line: JsonObject): void {
    const item = readItem(line);
    const turnEnd = readTurnEnd(line);
    if (turnEnd) {
      this.#finish(turnEnd, line);
    } else if (item) {
      this.#follow(item, line);
    } else if (line.type === 'thread.started') {
      this.#sessionId = textOf(line.thread_id) ?? this.#sessionId;
    } else if (line.type === 'turn.started') {
      this.#hasBegun = true;
      this.#turnEnd = null;
    }
  }

  #follow(item: Item, line: JsonObject): void {
    // A remark of Codex about its settings, the model, the connection.
    if (item.type === 'error') {
      return;
    }
    this.#hasWorked = true;
    this.#turnEnd = null;
    if (line.type === 'item.completed') {
      this.#tools.end(item);
      this.#lastWords = wordsOf(item) || this.#lastWords;
    } else {
      this.#tools.begin(item);
    }
  }

  #finish(turnEnd: TurnEnd, line: JsonObject): void {
    this.#turnEnd = turnEnd;
    this.#tools.clear();
    const bill = billOf(line);
    this.#bill = bill.tokens === null ? this.#bill : bill;
  }
}

function wordsOf({ type, fields }: Item): string {
  return type === 'agent_message' ? (textOf(fields.text) ?? '').trim() : '';
}

// A retry ("Reconnecting... 1/5"), or what the turn is about to fail of.
function isTrouble(line: JsonObject | null): boolean {
  return line?.type === 'error';
}
