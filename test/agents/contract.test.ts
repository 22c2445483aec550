import { expect, it } from 'vitest';
import { agentNames } from '../../src/agents/agent-facts.ts';
import { findAgent } from './every-agent.ts';
import { recordedLines } from '../corpus/corpus.ts';
import { describeAgentContract } from './contract.ts';

const successes: Readonly<Record<string, readonly (readonly string[])[]>> = {
  claude: [recordedLines('claude', 'edits-a-file'), recordedLines('claude', 'background-shell')],
  codex: [recordedLines('codex', 'edits-a-file'), recordedLines('codex', 'several-steps')],
  gemini: [recordedLines('gemini', 'edits-a-file'), recordedLines('gemini', 'works-in-steps')],
  opencode: [
    recordedLines('opencode', 'edits-a-file'),
    recordedLines('opencode', 'works-in-several-turns'),
  ],
  pi: ['edits-a-file', 'recovers-on-retry', 'former-edits-a-file'].map((name) =>
    recordedLines('pi', name),
  ),
  command: [[], ['all done', '{"type":"result"}']],
};

it('every adapter is held to the contract', () => {
  expect(Object.keys(successes)).toEqual(agentNames);
});

for (const [name, outputs] of Object.entries(successes)) {
  describeAgentContract({ agent: findAgent(name), successes: outputs });
}
