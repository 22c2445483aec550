import type { ServerResponse } from 'node:http';
import { frame, lastFrame, sendJson } from './frames.ts';

/** How a question to `/api/generate` is answered. */
export type Reply = (response: ServerResponse, model: string) => void | Promise<void>;

/** Word by word; each line cut in two writes, as TCP may do it. */
export function says(text: string): Reply {
  return (response, model) => {
    begin(response);
    for (const word of text.split(/(?<= )/)) {
      const line = Buffer.from(frame(model, word));
      response.write(line.subarray(0, line.length / 2));
      response.write(line.subarray(line.length / 2));
    }
    response.end(lastFrame(model));
  };
}

/** Once the test allows it. */
export function saysWhen(allowed: Promise<unknown>, text: string): Reply {
  return async (response, model) => {
    begin(response);
    response.write(frame(model, ''));
    await allowed;
    await says(text)(response, model);
  };
}

/** The connection stands, and nothing comes. */
export const hangs: Reply = () => {};

export function hangsAfter(text: string): Reply {
  return (response, model) => {
    begin(response);
    response.write(frame(model, text));
  };
}

/** The body ends as if it were whole. */
export function endsAfter(text: string): Reply {
  return (response, model) => {
    begin(response);
    response.end(frame(model, text));
  };
}

/** The body ends within a line. */
export function isTruncatedAfter(text: string): Reply {
  return (response, model) => {
    begin(response);
    response.end(frame(model, text) + frame(model, 'and then').slice(0, 40));
  };
}

export function losesConnectionAfter(text: string): Reply {
  return (response, model) => {
    begin(response);
    response.write(frame(model, text), () => response.socket?.resetAndDestroy());
  };
}

export function failsWith(status: number, error: string): Reply {
  return (response) => sendJson(response, status, { error });
}

/** As Ollama does where its model dies while it answers. */
export function failsMidway(error: string): Reply {
  return (response, model) => {
    begin(response);
    response.end(`${frame(model, 'It was')}${JSON.stringify({ error })}\n`);
  };
}

/** Something else listens on that port. */
export const isNoOllama: Reply = (response) => {
  response.writeHead(200, { 'content-type': 'text/html' }).end('<html><h1>It works!</h1></html>');
};

/** Never done. */
export const neverEnds: Reply = (response, model) => {
  begin(response);
  const more = (): void => {
    while (!response.destroyed && response.write(frame(model, 'and on '.repeat(100)))) {
      // As fast as it is read.
    }
  };
  response.on('drain', more);
  more();
};

function begin(response: ServerResponse): void {
  if (response.headersSent) {
    return;
  }
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
}
