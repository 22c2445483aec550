import { existsSync } from 'node:fs';
import * as z from 'zod/mini';
import { splitCommand } from '../domain/split-command.ts';

/** `--agent-command`: one existing path is taken whole; else split into words as a shell would, nothing expanded. */
export const splitCommandSchema = z.pipe(
  z.string(),
  z.transform((text, context) => {
    const words = existsSync(text) ? [text] : splitCommand(text);
    if (words === null || words.length === 0 || words[0] === '') {
      context.issues.push({
        code: 'custom',
        message: 'a program and its arguments, with quotes that are closed',
        input: text,
      });
      return z.NEVER;
    }
    return words;
  }),
);
