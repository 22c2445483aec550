import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { says, usesTool } from '../mocks/messages-api/message-replies.ts';
import { reportBlock } from '../mocks/model-api/report-block.ts';
import type { Script } from '../mocks/messages-api/script.ts';
import { startMessagesApi } from '../mocks/messages-api/start-messages-api.ts';
import { findClaudeBinary } from '../tools/claude-binary.ts';
import { claudeEnv } from '../tools/claude-env.ts';
import { CrashProject } from './crash-rig.ts';

const binary = findClaudeBinary();
const projects: CrashProject[] = [];

if (!binary) {
  console.warn('SKIPPED: Claude Code is not installed. Install it: npm ci --prefix test/tools');
}

afterAll(() => projects.forEach((project) => project.remove()));

const texts = { type: 'array', items: { type: 'string' } };
const SCHEMA = JSON.stringify({
  type: 'object',
  properties: { target: { type: 'string' }, status: { type: 'string' }, changes: texts },
  required: ['status', 'changes'],
});

describe.skipIf(!binary)('the real Claude Code that was given a schema', () => {
  it('has its structured answer for its report, whatever block it wrote before', async () => {
    await using api = await startMessagesApi();
    api.script('answers-a-schema', answers);
    const project = new CrashProject({
      flags: ['--agent', 'claude'],
      agent: 'exit 1',
      agentCommand: `'${binary ?? ''}' --json-schema '${SCHEMA}'`,
      environment: claudeEnv({ home: '', baseUrl: api.url('answers-a-schema') }),
    });
    projects.push(project);
    const { code, output } = await project.live(['once']);
    expect(code, output).toBe(0);
    expect(project.eventsNamed('iteration_end')[0]?.details).toMatchObject({
      ...{ outcome: 'succeeded', report: 'partial', changes: ['wrote half of notes.md'] },
    });
    const report = readFileSync(project.data('iterations', '000001', 'report.json'), 'utf8');
    expect(JSON.parse(report)).toMatchObject({
      ...{ target: 'notes.md', status: 'partial', derived: false },
      message: expect.stringMatching(/^All is done\./),
    });
  }, 60_000);
});

const answers: Script = ({ step }) => {
  if (step === 1) {
    return usesTool('Write', { file_path: 'notes.md', content: 'half\n' });
  }
  if (step > 2) {
    return says('Done.');
  }
  const block = reportBlock({ target: 'notes.md', status: 'success', changes: ['wrote it'] });
  const input = { target: 'notes.md', status: 'partial', changes: ['wrote half of notes.md'] };
  return {
    kind: 'message',
    blocks: [
      { type: 'text', text: `All is done.\n\n${block}` },
      { type: 'tool_use', name: 'StructuredOutput', input },
    ],
  };
};
