import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { canMount } from '../stores/small-disk.ts';
import { AUTOLOOP, BadProject } from './bad-project.ts';

interface Row {
  readonly name: string;
  readonly make: (project: BadProject) => void;
  readonly code: number;
  /** What is wrong and where, with the value. */
  readonly says: RegExp;
  readonly fix: RegExp;
  /** What a dry run makes of it: it is refused as well, told among what would be done, or no matter. */
  readonly dry?: 'refused' | 'told' | 'fine';
  /** The folder was locked before it was looked at. */
  readonly locks?: true;
}

const TASKS: readonly Row[] = [
  {
    name: 'no task and no prompt',
    make: (project) => (project.words = []),
    code: 150,
    says: /No task was named\./,
    fix: /--task demo, --task resource-improvement, --task scenario-improvement\), or give a prompt: --prompt PROMPT\.md/,
  },
  {
    name: 'several tasks and none named',
    make: (project) => {
      project.task(TASK, 'one');
      project.task(TASK, 'two');
      project.words = [];
    },
    code: 150,
    says: /This project has several tasks\./,
    fix: /--task one, --task two/,
  },
  {
    name: 'an unknown task',
    make: (project) => (project.words = ['--task', 'nope']),
    code: 150,
    says: /There is no task "nope" in .*\/project\/tasks/,
    fix: /--task/,
  },
  {
    name: 'an unknown task of the environment',
    make: (project) => {
      project.words = [];
      project.environment = { LOOP_TASK: 'nope' };
    },
    code: 150,
    says: /There is no task "nope"/,
    fix: /--task/,
  },
  {
    name: 'a name that is a path',
    make: (project) => (project.words = [...project.words, '--name', '../other']),
    code: 150,
    says: /"\.\.\/other" is not a name for a loop/,
    fix: /letters, digits/,
  },
  {
    name: 'a module with a syntax error',
    make: (project) => project.task('export default {'),
    code: 150,
    says: /tasks\/tidy\/task\.mjs/,
    fix: /\w/,
  },
  {
    name: 'a module that throws',
    make: (project) => project.task('throw new Error("no luck"); export default {}'),
    code: 150,
    says: /tasks\/tidy\/task\.mjs.*no luck/s,
    fix: /\w/,
  },
  {
    name: 'a module without a default export',
    make: (project) => project.task('export const task = {};'),
    code: 150,
    says: /tasks\/tidy\/task\.mjs/,
    fix: /export default defineTask/,
  },
  {
    name: 'a module that needs a package that is not there',
    make: (project) => project.task('import "not-a-package"; export default {}'),
    code: 150,
    says: /tasks\/tidy\/task\.mjs.*not-a-package/s,
    fix: /\w/,
  },
  {
    name: 'a hook that is no function',
    make: (project) => project.task(taskWith('selectTarget: 7')),
    code: 150,
    says: /tasks\/tidy\/task\.mjs.*selectTarget/s,
    fix: /\w/,
  },
  {
    name: 'a hook that there is not',
    make: (project) => project.task(taskWith('selectTargets: () => null')),
    code: 150,
    says: /tasks\/tidy\/task\.mjs.*selectTargets/s,
    fix: /selectTarget/,
  },
  {
    name: 'a hook that names prompts and throws',
    make: (project) => project.task(taskWith('promptCandidates() { throw new Error("oh") }')),
    code: 150,
    says: /promptCandidates.*oh/s,
    fix: /\w/,
  },
  {
    name: 'a task that says that no worker can start',
    make: (project) => {
      const answer = '({ available: false, reason: "the lab is closed" })';
      project.write('project/tasks/tidy/prompts/tidy.md', 'Tidy.\n');
      project.task(taskWith(`checkWorkerAvailable: () => ${answer}`));
    },
    code: 151,
    says: /the lab is closed/,
    fix: /\w/,
    dry: 'told',
  },
  {
    name: 'a task without a prompt',
    make: (project) => project.task(TASK),
    code: 150,
    says: /tidy/,
    fix: /\.md/,
  },
];

const PROMPTS: readonly Row[] = [
  {
    name: 'a prompt that is missing',
    make: (project) => withPrompt(project, 'no.md'),
    code: 150,
    says: /\/project\/no\.md does not exist/,
    fix: /Correct the path/,
  },
  {
    name: 'a prompt that is missing, of the environment',
    make: (project) => {
      project.words = project.words.slice(2);
      project.environment = { PROMPT_PATH: 'no.md' };
    },
    code: 150,
    says: /\/project\/no\.md does not exist/,
    fix: /Correct the path/,
  },
  ...['', ' \n\t\n'].map((text): Row => ({
    name: `a prompt that is empty (${JSON.stringify(text)})`,
    make: (project) => {
      project.write('project/empty.md', text);
      withPrompt(project, 'empty.md');
    },
    code: 150,
    says: /\/project\/empty\.md is empty/,
    fix: /Write into it/,
  })),
  {
    name: 'a prompt that is a folder',
    make: (project) => {
      mkdirSync(project.inProject('folder.md'));
      withPrompt(project, 'folder.md');
    },
    code: 150,
    says: /\/project\/folder\.md is a directory/,
    fix: /Name a file/,
  },
  {
    name: 'a prompt that cannot be read',
    make: (project) => {
      project.link('loop.md', 'project/loop.md');
      withPrompt(project, 'loop.md');
    },
    code: 155,
    says: /\/project\/loop\.md.*ELOOP/,
    fix: /\w/,
  },
];

const AGENTS: readonly Row[] = [
  ...['nope', 'Codex'].map((agent): Row => ({
    name: `the agent ${agent}`,
    make: (project) => (project.words = ['--prompt', 'PROMPT.md', '--agent', agent]),
    code: 150,
    says: new RegExp(`--agent is "${agent}"`),
    fix: /one of claude, codex, gemini, opencode, pi, command/,
  })),
  {
    name: 'an agent whose program is not on the PATH',
    make: (project) => (project.words = ['--prompt', 'PROMPT.md', '--agent', 'claude']),
    code: 151,
    says: /The program of the agent "claude" was not found: claude/,
    fix: /Install it, or name it: --agent-command/,
    dry: 'told',
  },
  {
    name: 'the agent command without a program',
    make: (project) => (project.words = ['--prompt', 'PROMPT.md', '--agent', 'command']),
    code: 150,
    says: /The agent "command" needs a program/,
    fix: /--agent-command "PROGRAM ARGUMENTS"/,
    dry: 'told',
  },
  ...['./nope.sh', './PROMPT.md', './folder'].map((program): Row => ({
    name: `an agent's program that cannot be run: ${program}`,
    make: (project) => {
      mkdirSync(project.inProject('folder'));
      project.words = [...project.words.slice(0, -1), program];
    },
    code: 151,
    says: new RegExp(`was not found, or is no executable file: ${program}`),
    fix: new RegExp(`chmod \\+x ${program}`),
    dry: 'told',
  })),
];

const SETTINGS: readonly Row[] = [
  {
    name: 'a wrong flag',
    make: (project) => (project.words = [...project.words, '--interval', 'soon']),
    code: 150,
    says: /--interval is "soon"/,
    fix: /Allowed: seconds from 0 on .*Default: 300/,
  },
  {
    name: 'a wrong variable',
    make: (project) => (project.environment = { MAX_ITERATIONS: '-3' }),
    code: 150,
    says: /MAX_ITERATIONS is "-3"/,
    fix: /Allowed: a whole number/,
  },
  {
    name: 'a wrong default of the task',
    make: (project) => {
      project.write('project/tasks/tidy/prompts/tidy.md', 'Tidy.\n');
      project.task(taskWith('defaults: { grace: "long" }'));
    },
    code: 150,
    says: /defaults of task "tidy" is "long".*grace/,
    fix: /Allowed: seconds/,
  },
  {
    name: 'a default of the task that is no setting',
    make: (project) => project.task(taskWith('defaults: { graze: 5 }')),
    code: 150,
    says: /The defaults of task "tidy": there is no setting named "graze"/,
    fix: /grace/,
  },
  {
    name: "a wrong value in the user's file",
    make: (project) => project.write(USER_CONFIG, '{"max-turns": "many"}'),
    code: 150,
    says: /\/home\/\.config\/autoloop\/config\.json is "many".*max-turns/,
    fix: /Allowed: a whole number/,
  },
  {
    name: "a user's file that is broken",
    make: (project) => project.write(USER_CONFIG, '{"max-turns": '),
    code: 150,
    says: /no JSON object: .*\/home\/\.config\/autoloop\/config\.json/,
    fix: /Correct it, or move it away/,
  },
  {
    name: 'a setting that is not built yet',
    make: (project) => (project.words = [...project.words, '--workers', '2']),
    code: 150,
    says: /--workers is "2", but the setting workers is not available/,
    fix: /Leave it out/,
  },
  {
    name: 'a permission mode of no agent',
    make: (project) => (project.words = [...project.words, '--permission-mode', 'sudo']),
    code: 150,
    says: /--permission-mode is "sudo"/,
    fix: /one of default, plan/,
  },
  {
    name: 'an unknown flag',
    make: (project) => (project.words = [...project.words, '--intervall', '5']),
    code: 2,
    says: /unknown option '--intervall'/,
    fix: /--interval/,
  },
  {
    name: 'a flag without its value',
    make: (project) => (project.words = [...project.words, '--max']),
    code: 2,
    says: /'--max <n>' argument missing/,
    fix: /--help/,
  },
  {
    name: 'an argument too many',
    make: (project) => (project.words = [...project.words, 'now']),
    code: 2,
    says: /too many arguments/,
    fix: /--help/,
  },
];

const PLACES: readonly Row[] = [
  {
    name: 'a data folder where a file stands',
    make: (project) => project.write('project/data', 'in the way'),
    code: 155,
    says: /Cannot .*\/project\/data\/prompt.*: a part of the path is no folder \(ENOTDIR\)/,
    fix: /--data/,
  },
  {
    name: 'a workspace that does not exist',
    make: (project) => (project.words = [...project.words, '--workspace', 'nowhere']),
    code: 155,
    says: /The workspace .*\/project\/nowhere cannot be worked in: it does not exist/,
    fix: /--workspace/,
    dry: 'told',
  },
  {
    name: 'a workspace that is a file',
    make: (project) => (project.environment = { AUTOLOOP_WORKSPACE: 'PROMPT.md' }),
    code: 155,
    says: /The workspace .*\/project\/PROMPT\.md cannot be worked in: it is no folder/,
    fix: /--workspace/,
    dry: 'told',
  },
  ...['snapshot.json', 'snapshot.prev.json'].map((file): Row => ({
    name: `a data folder whose ${file} a newer autoloop wrote`,
    make: (project) => {
      const envelope = { format: 1, machine: 'loop', version: 999, snapshot: { of: 'its own' } };
      project.write(`project/data/prompt/${file}`, JSON.stringify(envelope));
    },
    code: 156,
    says: new RegExp(`/project/data/prompt/${file} was written by a newer autoloop.*999`),
    fix: /that autoloop or a later one/,
    locks: true,
  })),
  {
    name: 'a data folder whose snapshots are damaged',
    make: (project) => {
      project.write('project/data/prompt/snapshot.json', '{"format":');
      project.write('project/data/prompt/snapshot.prev.json', '');
    },
    code: 156,
    says: /\/project\/data\/prompt\/snapshot\.json/,
    fix: /\w/,
    locks: true,
  },
];

const READ_ONLY: readonly Row[] = [
  {
    name: 'a workspace that cannot be written to',
    make: (project) => {
      project.words = [...project.words, '--workspace', project.readOnlyFolder('fixed')];
    },
    code: 155,
    says: /The workspace .*\/fixed cannot be worked in: its file system is read-only \(EROFS\)/,
    fix: /--workspace/,
    dry: 'told',
  },
  {
    name: 'a data folder that cannot be written to',
    make: (project) => {
      project.words = [...project.words, '--data', project.readOnlyFolder('fixed')];
    },
    code: 155,
    says: /Cannot .*\/fixed\/prompt: its file system is read-only \(EROFS\)/,
    fix: /--data/,
    dry: 'fine',
  },
];

const COMMANDS = ['run', 'start', 'once', 'dry-run'] as const;

describe.concurrent.each([...TASKS, ...PROMPTS, ...AGENTS, ...SETTINGS, ...PLACES])(
  '$name',
  (row) => {
    it.for(COMMANDS)('is refused by %s', (command, test) =>
      expectRefused(new BadProject(test), row, command),
    );
  },
);

describe.skipIf(!canMount)('a folder on a read-only disk:', () => {
  describe.concurrent.each(READ_ONLY)('$name', (row) => {
    it.for(COMMANDS)('is refused by %s', (command, test) =>
      expectRefused(new BadProject(test), row, command),
    );
  });
});

describe.concurrent('an error with --json', () => {
  it.for(['run', 'start', 'once'])('is one JSON object on stdout: %s', async (command, test) => {
    const project = new BadProject(test);
    project.words = [...project.words, '--interval', 'soon'];
    const { code, out, err } = await project.call(command, '--json');
    expect({ code, err }).toEqual({ code: 150, err: '' });
    expect(JSON.parse(out)).toEqual({
      error: {
        code: 150,
        message: '--interval is "soon", which is not a value of the setting interval.',
        fix: 'Allowed: seconds from 0 on (90, 90s, 5m, 2h). Default: 300.',
      },
    });
  });
});

it.each(['run', 'status', 'health'])('is told that its folder has gone: %s', (command) => {
  const gone = 'mkdir gone && cd gone && rmdir ../gone && exec "$@"';
  const words = ['-c', gone, 'sh', AUTOLOOP, command];
  const { status, stderr } = spawnSync('/bin/sh', words, { cwd: tmpdir(), encoding: 'utf8' });
  expect(stderr).toMatch(/does not exist any more\.\nChange to another one/);
  expect(status).toBe(155);
});

it('does run where nothing is wrong', async (test) => {
  const project = new BadProject(test);
  expect(await project.call('run', '--max', '1')).toMatchObject({ code: 0, err: '' });
  expect(project.hasLedger).toBe(true);
  expect(readdirSync(project.inProject('data'))).toEqual(['prompt']);
});

const USER_CONFIG = 'home/.config/autoloop/config.json';
const TASK = taskWith('');

function taskWith(members: string): string {
  return `import { defineTask } from 'autoloop/task';\nexport default defineTask({ name: 'tidy', ${members} });\n`;
}

function withPrompt(project: BadProject, file: string): void {
  project.words = ['--prompt', file, ...project.words.slice(2)];
}

/** Said in full, with the right code; nothing started, nothing written over. */
async function expectRefused(
  project: BadProject,
  row: Row,
  command: (typeof COMMANDS)[number],
): Promise<void> {
  row.make(project);
  const before = project.files;
  const { code, out, err } = await project.call(command);
  const { dry = 'refused' } = command === 'dry-run' ? row : {};
  expect(project.files).toEqual(row.locks ? expect.objectContaining(before) : before);
  expect(project.hasLedger, 'nothing was started').toBe(false);
  expect(code, out + err).toBe(dry === 'refused' ? row.code : 0);
  if (dry !== 'fine') {
    const said = (dry === 'told' ? out : err).replaceAll(/\s+/g, ' ');
    expect(said).toMatch(row.says);
    expect(said).toMatch(row.fix);
  }
  expect(err).not.toMatch(/bug of autoloop|\n\s+at /);
}
