import { finalMessage, spoken, type Edit, type Words } from '../../model-api/edit.ts';
import { writeCommand } from '../../model-api/write-command.ts';
import { says, usesTool } from '../message-replies.ts';
import type { MessageReply } from '../reply.ts';
import type { Script } from '../script.ts';
import type { Turn } from '../turn.ts';

export interface ClaudeEdit extends Edit<Turn> {
  /** Text that the file holds already, in whose place the content goes; then the tool is `Edit`. */
  readonly replaces?: Words<Turn>;
  /** `bash` writes the file by a shell command. Default: `write`. */
  readonly by?: 'write' | 'bash';
}

/** Answers a prompt by changing the file, and the tool's result with a final message. */
export function editsFile(edit: ClaudeEdit): Script {
  return (turn) => (turn.step === 1 ? changesFile(edit, turn) : says(finalMessage(edit, turn)));
}

function changesFile(edit: ClaudeEdit, turn: Turn): MessageReply {
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
    return usesTool('Bash', { command: writeCommand(path, content) });
  }
  return usesTool('Write', { file_path: path, content });
}
