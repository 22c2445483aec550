import { objectOf, textOf, type JsonObject } from '../json-line.ts';

/** The tool that a `tool_use` line tells was denied; null: none was. */
export function deniedTool(part: JsonObject): string | null {
  const state = objectOf(part.state);
  if (part.tool === 'invalid') {
    return withheldTool(objectOf(state.input));
  }
  const isDenied = state.status === 'error' && REFUSALS.test(textOf(state.error) ?? '');
  return isDenied ? (textOf(part.tool) ?? '') : null;
}

// One that is denied altogether is not offered to the model; a model that calls it all the same is told so.
function withheldTool(input: JsonObject): string | null {
  const tool = textOf(input.tool) ?? '';
  const isWithheld = (textOf(input.error) ?? '').startsWith('Model tried to call unavailable tool');
  return isWithheld && OWN_TOOLS.includes(tool) ? tool : null;
}

// What it says in a tool's place: of a question that nobody answers, and of a rule.
const REFUSALS =
  /^The user (?:rejected permission to use|has specified a rule which prevents you from using) this specific tool call/;

// A name that is none of its tools was made up by the model.
const OWN_TOOLS = [
  'bash',
  'edit',
  'glob',
  'grep',
  'read',
  'task',
  'webfetch',
  'websearch',
  'write',
];
