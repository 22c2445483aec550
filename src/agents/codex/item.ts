import { objectOf, textOf, type JsonObject } from '../json-line.ts';

/** A thing that the agent said or did, as `item.started`, `item.updated` and `item.completed` tell of it. */
export interface Item {
  readonly id: string;
  /** `agent_message`, `command_execution`, `file_change`, …; `error` is a mere remark of Codex. */
  readonly type: string;
  readonly fields: JsonObject;
}

/** null: the line tells of none. */
export function readItem(line: JsonObject): Item | null {
  const fields = objectOf(line.item);
  const type = textOf(fields.type);
  return type === null ? null : { id: textOf(fields.id) ?? '', type, fields };
}
