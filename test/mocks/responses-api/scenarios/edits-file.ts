import { finalMessage, spoken, type Edit } from '../../model-api/edit.ts';
import { writeCommand } from '../../model-api/write-command.ts';
import { appliesPatch, says, usesTool } from '../message-replies.ts';
import type { MessageReply } from '../reply.ts';
import type { Script } from '../script.ts';
import type { Turn } from '../turn.ts';

export interface CodexEdit extends Edit<Turn> {
  /** `shell` writes the file by a command. Default: `patch`, which replaces the whole file. */
  readonly by?: 'patch' | 'shell';
}

/** Answers a prompt by changing the file, and the tool's result with a final message. */
export function editsFile(edit: CodexEdit): Script {
  return (turn) => (turn.step === 1 ? changesFile(edit, turn) : says(finalMessage(edit, turn)));
}

function changesFile(edit: CodexEdit, turn: Turn): MessageReply {
  const { path } = edit;
  const content = spoken(edit.content, turn);
  return edit.by === 'shell'
    ? usesTool('exec_command', { cmd: writeCommand(path, content) })
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
