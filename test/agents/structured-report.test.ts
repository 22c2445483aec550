import { describe, expect, it } from 'vitest';
import { claude } from '../../src/agents/claude/claude.ts';
import { codex } from '../../src/agents/codex/codex.ts';
import type { Report } from '../../src/domain/report.ts';
import { parseReport } from '../../src/task/parse-report.ts';
import { init, says, success, uses } from './claude/claude-lines.ts';
import * as codexLines from './codex/codex-lines.ts';
import { conclude, EXIT_0 } from './contract.ts';

const STRUCTURED = { target: 'api', status: 'partial', changes: ['half of it'], next: 'the rest' };
const BLOCK = '```json\n{"target":"web","status":"success","changes":["all of it"]}\n```';

/** A result as Claude Code prints it under `--json-schema`: its words are the answer once more. */
function answers(structured: unknown): string {
  return success({ result: JSON.stringify(structured), structured_output: structured });
}

function reportOf(lines: readonly string[]): Report {
  return parseReport(conclude(claude, [init(), ...lines], EXIT_0).finalMessage);
}

describe('what Claude Code answers to a schema', () => {
  const answered = uses('StructuredOutput', { id: 'a', input: STRUCTURED });

  it('is its report', () => {
    expect(reportOf([answered, answers(STRUCTURED)])).toMatchObject({
      ...{ ...STRUCTURED, derived: false, message: '' },
    });
  });

  it('counts before a block in its words, and leaves these as they are', () => {
    const report = reportOf([says(`I did it.\n\n${BLOCK}`), answered, answers(STRUCTURED)]);
    expect(report).toMatchObject({ target: 'api', status: 'partial', derived: false });
    expect(report.message).toMatch(/^I did it\./);
  });

  it('counts before what it says afterwards, too', () => {
    const late = success({ result: `The tests have ended.\n\n${BLOCK}` });
    expect(reportOf([answered, answers(STRUCTURED), init(), late])).toMatchObject({
      ...{ target: 'api', status: 'partial' },
    });
  });

  it('counts as it was told last', () => {
    const final = { ...STRUCTURED, status: 'complete' };
    expect(reportOf([answers(STRUCTURED), init(), answers(final)]).status).toBe('complete');
  });

  it('is no report where it has another form: then the block counts, then nothing', () => {
    const other = { answer: 'yes' };
    expect(reportOf([says(BLOCK), answers(other)])).toMatchObject({
      target: 'web',
      derived: false,
    });
    expect(reportOf([answers(other)])).toMatchObject({ status: 'unknown', derived: true });
  });

  it.each([null, 'text', 3, [STRUCTURED]])('is nothing where it is %j', (structured) => {
    const line = success({ result: `Done.\n\n${BLOCK}`, structured_output: structured });
    expect(reportOf([line])).toMatchObject({ target: 'web', message: 'Done.' });
  });

  it('may come beside words of its own', () => {
    const line = success({ result: 'Done.', structured_output: STRUCTURED });
    expect(reportOf([line])).toMatchObject({ status: 'partial', message: 'Done.' });
  });
});

it('takes what Codex says under a schema for its report', () => {
  const lines = [
    ...[codexLines.started, codexLines.begun, codexLines.says('I look.')],
    ...[codexLines.says(JSON.stringify(STRUCTURED)), codexLines.completed()],
  ];
  expect(parseReport(conclude(codex, lines, EXIT_0).finalMessage)).toMatchObject({
    ...{ ...STRUCTURED, derived: false },
  });
});
