import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { NON_INTERACTIVE } from '../../src/config/non-interactive.ts';
import { useProject } from './cli-project.ts';

/** On a terminal of its own, which is its controlling one. */
const ON_TERMINAL = [
  'sh',
  '-c',
  `exec script -qefc ': < /dev/tty && echo terminal; '"$*" /dev/null`,
  'sh',
];

describe('a worker of a run on a terminal', () => {
  it('has no terminal to ask on, nor have its tools, and its stdin has an end', async () => {
    const project = useProject(`
ask='(: < /dev/tty) 2> /dev/null && echo can ask || echo cannot ask'
{ eval "$ask"; sh -c "$ask"; setsid -w sh -c "$ask"; read line; echo "read $?"; tty; } > seen`);
    project.through = ON_TERMINAL;
    const { code, out } = await project.callLoop('run', '--max', '1');
    expect(code, out).toBe(0);
    expect(out, 'the run itself has one').toContain('terminal');
    expect(readFileSync(project.path('seen'), 'utf8').split('\n')).toEqual([
      ...['cannot ask', 'cannot ask', 'cannot ask', 'read 1', 'not a tty', ''],
    ]);
  });

  it('is told so', async () => {
    const project = useProject('env -0 > seen');
    project.environment = { TERM: 'xterm-256color', EDITOR: 'vim', GIT_ASKPASS: '/ide/ask' };
    expect(await project.callLoop('run', '--max', '1')).toMatchObject({ code: 0 });
    const seen = readFileSync(project.path('seen'), 'utf8').split('\0');
    expect(seen).toEqual(
      expect.arrayContaining(Object.entries(NON_INTERACTIVE).map((entry) => entry.join('='))),
    );
  });
});

it('names the folder it works in, whatever the runner was told', async () => {
  const project = useProject('node -e "console.log(process.env.PWD, process.cwd())" > seen');
  project.environment = { PWD: '/somewhere/else' };
  expect(await project.callLoop('run', '--max', '1')).toMatchObject({ code: 0 });
  const [named, actual] = readFileSync(project.path('seen'), 'utf8').trim().split(' ');
  expect(named).toBe(actual);
});

it('ends with success an agent that leaves a prompt of 5 MB unread', async () => {
  const project = useProject();
  project.write('PROMPT.md', 'Improve it.\n'.repeat(420_000));
  project.write('agent.sh', '#!/bin/sh\necho "$AUTOLOOP_ATTEMPT_ID" >> ledger\necho done\n');
  expect(await project.callLoop('run', '--max', '1')).toMatchObject({ code: 0 });
  expect(project.outcomes()).toEqual(['succeeded']);
});

describe('the account that is billed', () => {
  const VALUE = 'the-value-of-it-0123456789';

  it.each([
    ['claude', {}, "claude's own login"],
    ['claude', { ANTHROPIC_API_KEY: VALUE }, 'API key (ANTHROPIC_API_KEY)'],
    ['claude', { ANTHROPIC_AUTH_TOKEN: VALUE }, 'gateway token (ANTHROPIC_AUTH_TOKEN)'],
    ['claude', { CLAUDE_CODE_OAUTH_TOKEN: VALUE }, 'subscription token (CLAUDE_CODE_OAUTH_TOKEN)'],
    ['command', { ANTHROPIC_API_KEY: VALUE }, null],
  ])(
    'of %s with %j is named in the start line and in loop_start: %s',
    async (agent, env, account) => {
      const project = useProject('exit 1');
      project.environment = env;
      const options = ['--prompt', 'PROMPT.md', '--agent', agent, '--agent-command', './agent.sh'];
      const { code, out, err } = await project.call('run', ...options, '--max', '1');
      expect(code, err).toBe(0);
      const billed = account === null ? '' : `, billed to ${account}`;
      expect(out).toContain(`Loop "prompt", agent ${agent}${billed}. Data:`);
      const [start] = project.eventsNamed('loop_start');
      expect(start?.details).toMatchObject({ agent, account });
      const kept = readFileSync(project.data('events.ndjson'), 'utf8');
      expect(out + err + kept).not.toContain(VALUE);
    },
  );
});
