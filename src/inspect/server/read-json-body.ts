import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal.ts';

const MOST_BYTES = 4_096;

/** Throws Refusal where it is no JSON, is not said to be, or is larger than anything that is asked here. */
export async function readJsonBody(request: IncomingMessage): Promise<unknown> {
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/json(?:; *charset=utf-8)?$/i.test(type)) {
    throw new Refusal(415, 'What is sent has to be application/json.');
  }
  if (Number(request.headers['content-length'] ?? 0) > MOST_BYTES) {
    throw tooLarge();
  }
  const chunks: Buffer[] = [];
  let size = 0;
  const sent: AsyncIterable<Buffer> = request;
  for await (const bytes of sent) {
    size += bytes.length;
    if (size > MOST_BYTES) {
      throw tooLarge();
    }
    chunks.push(bytes);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new Refusal(400, 'What is sent is no JSON.');
  }
}

function tooLarge(): Refusal {
  return new Refusal(413, `What is sent may have ${MOST_BYTES} bytes.`);
}
