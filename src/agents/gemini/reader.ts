import { NOTHING_TOLD, type Spent } from '../../domain/tokens.ts';
import type { AgentExit, AgentReader, AgentSession, AgentVerdict, LineMeaning } from '../agent.ts';
import { parseJsonLine, textOf, type JsonObject } from '../json-line.ts';
import { lastWords } from '../last-words.ts';
import { plainLine } from '../plain-line.ts';
import { classify } from './classify.ts';
import { Conversation } from './conversation.ts';
import { isDenial } from './denial.ts';
import type { Evidence } from './evidence.ts';
import { OpenTools } from './open-tools.ts';
import { readResult, type ResultLine } from './result-line.ts';

/** Reads `--output-format stream-json`. Its counters are those of one process, also where it goes on with a session. */
export class GeminiReader implements AgentReader {
  readonly #tools = new OpenTools();
  readonly #conversation = new Conversation();
  readonly #denials = new Set<string>();
  readonly #isResumed: boolean;
  #hasSpoken = false;
  #prompt: Evidence['prompt'] = 'short';
  #result: ResultLine | null = null;
  #model: string | null = null;
  #sessionId: string | null = null;
  #trouble = '';

  constructor(resumed: AgentSession | null = null) {
    this.#isResumed = resumed !== null;
  }

  /** It tells its tokens at its end alone. */
  get spent(): Spent {
    return { costUsd: null, tokens: this.#result?.tokens ?? null };
  }

  read(text: string): LineMeaning {
    const line = parseJsonLine(text);
    if (line) {
      this.#see(line);
    }
    if (this.#conversation.turns === 0 && isLongMessage(text)) {
      this.#prompt = line ? 'long' : 'torn';
    }
    return { life: true, final: this.#result !== null, openTools: this.#tools.count };
  }

  conclude(exit: AgentExit): AgentVerdict {
    const { turns } = this.#conversation;
    const judgement = classify(this.#evidence, exit);
    return {
      ...judgement,
      ...this.spent,
      sessionSpent: NOTHING_TOLD,
      turns: turns === 0 && this.#result === null ? null : turns,
      model: this.#result?.model ?? this.#model,
      sessionId: this.#isSessionKept ? this.#sessionId : null,
      denials: [...this.#denials],
      finalMessage: lastWords(this.#conversation.lastWords || (this.#result?.words ?? '')),
    };
  }

  get #evidence(): Evidence {
    return {
      hasSpoken: this.#hasSpoken,
      hasWorked: this.#conversation.turns > 0,
      prompt: this.#prompt,
      result: this.#result,
      trouble: this.#trouble,
      denials: [...this.#denials],
    };
  }

  // A session whose first question fails is taken back: nothing could go on with it.
  get #isSessionKept(): boolean {
    return this.#result?.status !== 'error' || this.#isResumed || this.#conversation.turns > 0;
  }

  #see(line: JsonObject): void {
    this.#hasSpoken ||= textOf(line.type) !== null;
    switch (line.type) {
      case 'init':
        this.#sessionId = textOf(line.session_id) ?? this.#sessionId;
        this.#model = textOf(line.model) ?? this.#model;
        return;
      case 'message':
        return this.#hear(line);
      case 'tool_use':
        return this.#use(line);
      case 'tool_result':
        return this.#endTool(line);
      case 'error':
        this.#trouble = textOf(line.message) ?? '';
        return;
      case 'result':
        this.#result = readResult(line);
        this.#tools.clear();
    }
  }

  #hear(line: JsonObject): void {
    if (line.role === 'assistant') {
      this.#workOn();
      this.#conversation.say(line);
    } else {
      this.#conversation.listen();
    }
  }

  #use(line: JsonObject): void {
    this.#workOn();
    this.#conversation.answer();
    this.#tools.begin(line);
  }

  #endTool(line: JsonObject): void {
    this.#conversation.listen();
    const tool = this.#tools.end(line);
    if (isDenial(line, tool)) {
      this.#denials.add(plainLine(tool, 80) || 'a tool');
    }
  }

  // What it went through before is no longer how it ends.
  #workOn(): void {
    this.#result = null;
    this.#trouble = '';
  }
}

// It repeats its prompt before it asks its model. What does not fit into a pipe may be cut off when it exits at once.
function isLongMessage(text: string): boolean {
  return text.length > 65_536 && text.startsWith('{"type":"message"');
}
