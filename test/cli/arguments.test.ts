import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import packageFacts from '../../package.json' with { type: 'json' };
import { useProject } from './cli-project.ts';

/** Those of contract.md section 2 that are built. */
const COMMANDS = [
  ...['run', 'start', 'stop', 'restart', 'once', 'pause', 'resume', 'skip-wait', 'note'],
  ...['status', 'attach', 'logs', 'events', 'iterations', 'show', 'json', 'dry-run', 'health'],
  ...['config', 'graph', 'init', 'force-stop', 'tasks'],
];
const GLOBAL_FLAGS = ['--task', '--prompt', '--name', '--root', '--data', '--workspace', '--json'];

describe('help', () => {
  it('lists every command and every global option', async () => {
    const { code, out, err } = await useProject().call('--help');
    expect(code).toBe(0);
    expect(err).toBe('');
    const listed = [...out.matchAll(/^ {2}([a-z][\w-]*)/gm)].map(([, name]) => name);
    expect(listed).toEqual(expect.arrayContaining(COMMANDS));
    for (const flag of GLOBAL_FLAGS) {
      expect(out).toContain(`  ${flag} `);
    }
  });

  it('is what autoloop without arguments prints', async () => {
    const project = useProject();
    const [bare, asked] = await Promise.all([project.call(), project.call('--help')]);
    expect(bare).toEqual(asked);
  });

  it('of a command is the same with help before it and --help after it, and names its settings', async () => {
    const project = useProject();
    const calls = [
      ['help', 'run'],
      ['run', '--help'],
      ['run-loop', '--help'],
    ] as const;
    const [first, ...others] = await Promise.all(calls.map((words) => project.call(...words)));
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first?.out).toMatch(/^Usage: autoloop run/);
    expect(first?.out).toMatch(/--interval <seconds>[\s\S]*\(default:\s+300\)/);
    expect(first?.out).toContain('--fresh');
    expect(first?.out, 'what is not built is not offered').not.toContain('--checkpoint');
    others.forEach((other) => expect(other).toEqual(first));
  });

  it('of no command says that there is none of the name', async () => {
    const { code, out, err } = await useProject().call('help', 'stats');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^error: unknown command 'stats'\n\(Did you mean status\?\)/);
  });

  it('is given for every command', async () => {
    const project = useProject();
    const helps = await Promise.all(COMMANDS.map((name) => project.call(name, '--help')));
    helps.forEach(({ code, out }, index) => {
      expect(code, COMMANDS[index]).toBe(0);
      expect(out).toMatch(new RegExp(`^Usage: autoloop ${COMMANDS[index]}\\b`));
    });
  });
});

it('prints its version and nothing else', async () => {
  const { code, out } = await useProject().call('--version');
  expect({ code, out }).toEqual({ code: 0, out: `${packageFacts.version}\n` });
});

describe('arguments that are wrong', () => {
  it.each([
    ['an unknown command', ['statsu'], 'statsu', 'status'],
    ['an unknown flag', ['run', '--intervall', '3'], '--intervall', '--interval'],
    ['an unknown global flag', ['--tsak', 'demo', 'run'], '--tsak', '--task'],
  ])('are answered with the nearest name: %s', async (_, args, wrong, near) => {
    const { code, out, err } = await useProject().call(...args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(`'${wrong}'`);
    expect(err).toMatch(new RegExp(`Did you mean ${near}\\?`));
  });

  it.each([
    ['too many', ['stop', 'now'], /too many arguments/],
    ['one missing', ['note'], /missing required argument 'text'/],
    ['a flag without its value', ['run', '--max'], /'--max <n>' argument missing/],
    ['a flag of another command', ['pause', '--max', '3'], /unknown option '--max'/],
  ])('exit 2 and name the help: %s', async (_, args, message) => {
    const { code, err } = await useProject().call(...args);
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(err).toContain(`Run autoloop ${args[0]} --help.`);
  });

  it.each([
    ['unknown command', ['--json', 'statsu'], /statsu/, /status/],
    ['unknown flag', ['run', '--intervall', '3', '--json'], /--intervall/, /--interval\b/],
  ])('are told as one JSON object with --json: %s', async (_, args, message, fix) => {
    const { code, out } = await useProject().call(...args);
    expect(code).toBe(2);
    expect(JSON.parse(out)).toEqual({
      error: {
        code: 2,
        message: expect.stringMatching(message),
        fix: expect.stringMatching(fix),
      },
    });
  });
});

describe('global options', () => {
  it('are the same before and after the command', async () => {
    const project = useProject();
    const [before, after] = await Promise.all([
      project.call('--task', 'prompt', '--json', '--data', 'elsewhere', 'status'),
      project.call('status', '--task', 'prompt', '--json', '--data', 'elsewhere'),
    ]);
    expect(before).toEqual(after);
    expect(JSON.parse(after.out)).toMatchObject({ dataDir: project.path('elsewhere', 'prompt') });
  });

  it('after the command win over the same before it', async () => {
    const project = useProject();
    const { out } = await project.call(
      '--name',
      'one',
      'status',
      '--json',
      '--name',
      'two',
      '--task',
      'prompt',
    );
    expect(JSON.parse(out)).toMatchObject({ loop: 'two' });
  });
});

describe('settings', () => {
  it('that are not built yet are refused with 150 before anything is touched', async () => {
    const project = useProject();
    const { code, err } = await project.callLoop('run', '--checkpoint', 'branch');
    expect(code).toBe(150);
    expect(err).toContain('--checkpoint is "branch"');
    expect(err).toContain('not available');
    expect(existsSync(project.path('data'))).toBe(false);
  });

  it('that are not built yet are taken where they ask for what holds anyway', async () => {
    const project = useProject();
    const { code } = await project.callLoop('dry-run', '--checkpoint', 'off', '--workers', '1');
    expect(code).toBe(0);
  });

  it('with an invalid value name the setting, the value, its source and what is allowed', async () => {
    const project = useProject();
    const { code, out, err } = await project.callLoop('run', '--interval', 'soon', '--json');
    expect(code).toBe(150);
    expect(err).toBe('');
    expect(JSON.parse(out)).toEqual({
      error: {
        code: 150,
        message: expect.stringMatching(/^--interval is "soon"/),
        fix: expect.stringMatching(/seconds from 0/),
      },
    });
    expect(existsSync(project.path('data'))).toBe(false);
  });
});
