import * as z from 'zod/mini';
import { splitCommand } from '../domain/split-command.ts';
import { GATE_PARSERS } from '../domain/validation.ts';
import type { Gate, GateRun } from './gate.ts';

const argument = z.string().check(z.regex(/^[^\0]*$/));
const path = argument.check(z.minLength(1));
const hasWords = z.refine<string>((text) => (splitCommand(text) ?? []).length > 0);
const parserFunction = z.custom<(run: GateRun) => unknown>((value) => typeof value === 'function');

const gate = z.strictObject({
  /** Shown in tables, events and prompts. */
  name: z.string().check(z.regex(/^[^\p{Cc}]{1,100}$/u)),
  command: z.union([
    argument.check(hasWords),
    z.array(argument).check(z.refine(([program]) => program !== undefined && program !== '')),
  ]),
  cwd: z.optional(path),
  timeoutSeconds: z.optional(z.number().check(z.gt(0), z.lte(86_400))),
  expects: z.optional(z.int().check(z.gte(0), z.lte(255))),
  parser: z.optional(z.union([z.enum(GATE_PARSERS), parserFunction])),
  report: z.optional(path),
  retries: z.optional(z.int().check(z.gte(0), z.lte(1))),
});

const areNamedApart = z.refine<readonly { readonly name: string }[]>(
  (gates) => new Set(gates.map(({ name }) => name)).size === gates.length,
);

export const gates = z.array(gate).check(areNamedApart);

export const gateReading = z.union([
  z.boolean(),
  z.strictObject({ ran: z.int().check(z.gte(0)), failed: z.int().check(z.gte(0)) }),
  z.strictObject({ passed: z.boolean(), reason: z.optional(z.string()) }),
]);

export function gateOf(written: z.output<typeof gate>, workspace: string): Gate {
  const { name, command, timeoutSeconds = 600, expects = 0, parser = null, retries = 0 } = written;
  const cwd = pathFrom(workspace, written.cwd ?? '');
  return {
    ...{ name, expects, parser, retries, cwd },
    argv: typeof command === 'string' ? (splitCommand(command) ?? []) : command,
    timeoutMs: timeoutSeconds * 1000,
    report: written.report === undefined ? null : pathFrom(cwd, written.report),
  };
}

function pathFrom(directory: string, relative: string): string {
  return relative.startsWith('/')
    ? relative
    : relative === ''
      ? directory
      : `${directory}/${relative}`;
}
