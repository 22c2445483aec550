import type { Spent } from '../../domain/tokens.ts';
import type { AgentExit, AgentReader, AgentVerdict, LineMeaning } from '../agent.ts';
import { objectOf, parseJsonLine, textOf, textsOf, type JsonObject } from '../json-line.ts';
import { lastWords } from '../last-words.ts';
import { classify } from './classify.ts';
import { deniedTool } from './denial.ts';
import { readError } from './error-line.ts';
import { FinalMessage } from './final-message.ts';
import { Progress } from './progress.ts';
import { Tally } from './tally.ts';
import { limitReset } from './usage-limit.ts';

/** Reads `--format json`. */
export class OpencodeReader implements AgentReader {
  readonly #progress = new Progress();
  readonly #message = new FinalMessage();
  readonly #tally = new Tally();
  #hasSpoken = false;
  #sessionId: string | null = null;

  get spent(): Spent {
    return this.#tally.spent;
  }

  read(text: string): LineMeaning {
    const line = parseJsonLine(text);
    const life = line === null || this.#see(line);
    return {
      life,
      final: this.#progress.isFinal,
      // It tells of a tool, and of all that a subagent did, only when it is over: in an open step there may be one.
      openTools: this.#progress.isInStep ? 1 : 0,
    };
  }

  conclude(exit: AgentExit): AgentVerdict {
    const { sums } = this.#tally;
    const ending = this.#progress.endingAt(exit);
    const { error } = ending;
    const judgement = classify(
      { ...ending, hasSpoken: this.#hasSpoken, denials: sums.denials },
      exit,
    );
    const isLimited = judgement.outcome === 'usage_limited';
    return {
      ...judgement,
      ...sums,
      // It does not tell which one it took.
      model: null,
      sessionId: this.#sessionId,
      limitResetEpochMs: isLimited && error ? limitReset(error, exit.endedAtEpochMs) : null,
      finalMessage: lastWords(this.#message.text || (error?.words ?? '')),
    };
  }

  /** false: it is no sign of life. */
  #see(line: JsonObject): boolean {
    const part = objectOf(line.part);
    this.#hasSpoken ||= textOf(line.type) !== null;
    this.#sessionId = textOf(line.sessionID) ?? this.#sessionId;
    switch (line.type) {
      case 'step_start':
        return this.#progress.beginStep(part);
      case 'text':
        this.#listen(part);
        break;
      case 'tool_use':
        this.#progress.useTool(part);
        this.#tally.deny(deniedTool(part));
        break;
      case 'step_finish':
        return this.#endStep(part);
      case 'error':
        this.#progress.fail(readError(line));
        break;
      case 'done':
        // Of versions after 1.18: permissions that nobody gave.
        textsOf(line.rejected).forEach((permission) => this.#tally.deny(permission));
        break;
    }
    return true;
  }

  #listen(part: JsonObject): void {
    if (part.synthetic === true) {
      this.#progress.goOn();
    } else if (!this.#progress.isCompacting) {
      this.#message.say(part);
    }
  }

  #endStep(part: JsonObject): boolean {
    const hasSaidAnything = this.#progress.endStep(part);
    if (hasSaidAnything) {
      this.#tally.add(part);
    }
    return hasSaidAnything;
  }
}
