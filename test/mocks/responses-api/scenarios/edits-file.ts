import { reportBlock } from '../../messages-api/report-block.ts';
import { appliesPatch, says, usesTool } from '../message-replies.ts';
import type { MessageReply } from '../reply.ts';
import type { Script } from '../script.ts';
import type { Turn } from '../turn.ts';

/** A session in which the model writes one file, then tells what it did. */
export interface Edit {
  /** Absolute, or relative to the agent's working directory. */
  readonly path: string;
  /** The file's new content; `turn.session` tells one run from the next. */
  readonly content: Words;
  /** `shell` writes the file by a command. Default: `patch`, which replaces the whole file. */
  readonly by?: 'patch' | 'shell';
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
  return edit.by === 'shell'
    ? usesTool('exec_command', { cmd: `printf %s ${quoted(content)} > ${quoted(path)}` })
    : appliesPatch(wholeFilePatch(path, content));
}

function wholeFilePatch(path: string, content: string): string {
  const lines = content.replace(/\n$/, '').split('\n');
  return [
    '*** Begin Patch',
    `*** Add File: ${path}`,
    ...lines.map((line) => `+${line}`),
    '*** End Patch',
  ].join('\n');
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
