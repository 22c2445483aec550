import { says, usesTool } from '../message-replies.ts';
import type { MessageReply } from '../reply.ts';
import { reportBlock } from '../report-block.ts';
import type { Script } from '../script.ts';
import type { Turn } from '../turn.ts';

/** A session in which the model writes one file, then tells what it did. */
export interface Edit {
  /** Absolute, or relative to the agent's working directory. */
  readonly path: string;
  /** The file's new content, or what stands in place of `replaces`; `turn.session` tells one run from the next. */
  readonly content: Words;
  /** Text that the file holds already; then the tool is `Edit`. */
  readonly replaces?: Words;
  /** `bash` writes the file by a shell command. Default: `write`. */
  readonly by?: 'write' | 'bash';
  /** The final message. Default: a sentence and a report block. */
  readonly answer?: Words;
}

export type Words = string | ((turn: Turn) => string);

/** Answers a prompt by changing the file, and the tool's result with a final message. */
export function editsFile(edit: Edit): Script {
  return (turn) => (turn.step === 1 ? changesFile(edit, turn) : says(finalMessage(edit, turn)));
}

function changesFile(edit: Edit, turn: Turn): MessageReply {
  const { path } = edit;
  const content = spoken(edit.content, turn);
  if (edit.replaces !== undefined) {
    return usesTool('Edit', {
      file_path: path,
      old_string: spoken(edit.replaces, turn),
      new_string: content,
    });
  }
  if (edit.by === 'bash') {
    return usesTool('Bash', { command: `printf %s ${quoted(content)} > ${quoted(path)}` });
  }
  return usesTool('Write', { file_path: path, content });
}

function finalMessage({ path, answer }: Edit, turn: Turn): string {
  if (answer !== undefined) {
    return spoken(answer, turn);
  }
  const report = reportBlock({
    target: path,
    status: 'success',
    changes: [`wrote ${path} (session ${turn.session})`],
  });
  return `I changed ${path}.\n\n${report}`;
}

function spoken(words: Words, turn: Turn): string {
  return typeof words === 'string' ? words : words(turn);
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
