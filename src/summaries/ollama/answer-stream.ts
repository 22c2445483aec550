import { ModelFailure, noOllama } from './model-failure.ts';

export interface Bounds {
  /** Characters of the answer: what comes after them is not waited for. */
  readonly most: number;
}

/** More than any answer of so few words needs, its frames included. */
const MOST_BYTES = 2_000_000;

/**
 * What a model says, from the lines that Ollama streams. Throws ModelFailure where they are none of its lines, tell of an
 * error, or break off; and what the stream throws.
 */
export async function readAnswer(
  body: AsyncIterable<Uint8Array>,
  { most }: Bounds,
): Promise<string> {
  const decoder = new TextDecoder();
  let bytes = 0;
  let rest = '';
  let said = '';
  let isOllama = false;
  for await (const chunk of body) {
    bytes += chunk.length;
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines.filter((text) => text.trim() !== '')) {
      const { response, isDone } = frameOf(line);
      isOllama = true;
      said += response;
      if (isDone || said.length > most) {
        return said;
      }
    }
    if (bytes > MOST_BYTES) {
      throw new ModelFailure('endless', `it sent ${MOST_BYTES} bytes and was not done`);
    }
  }
  // What is done has said so in a whole line.
  throw isOllama || rest === ''
    ? new ModelFailure('broken off', 'its answer broke off')
    : noOllama();
}

interface Frame {
  readonly response: string;
  readonly isDone: boolean;
}

function frameOf(line: string): Frame {
  const frame = parsed(line);
  if (typeof frame['error'] === 'string') {
    const told = frame['error'].replaceAll(/\s+/g, ' ').slice(0, 200).toWellFormed();
    throw new ModelFailure('error', `it gave up: ${told}`);
  }
  const { response, done } = frame;
  if (typeof response !== 'string' || typeof done !== 'boolean') {
    throw noOllama();
  }
  return { response, isDone: done };
}

function parsed(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
