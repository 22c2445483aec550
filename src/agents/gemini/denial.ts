import { objectOf, textOf, type JsonObject } from '../json-line.ts';

/** The `tool_result` line of a tool of that name tells that it was not allowed. */
export function isDenial(line: JsonObject, tool: string): boolean {
  const error = objectOf(line.error);
  switch (error.type) {
    case 'policy_violation':
      return true;
    // What the mode forbids altogether is hidden from the model. Names that a model makes up are no denials.
    case 'tool_not_registered':
      return HIDDEN_WHERE_DENIED.includes(tool);
    default:
      return ASKS_A_PERSON.test(textOf(error.message) ?? '');
  }
}

const HIDDEN_WHERE_DENIED = [
  'run_shell_command',
  'write_file',
  'replace',
  'web_fetch',
  'activate_skill',
];

// Has no type of its own: dangerous commands, those that redirect in mode `default`.
const ASKS_A_PERSON =
  /^Tool execution for ".{1,80}" requires user confirmation, which is not supported in non-interactive mode/;
