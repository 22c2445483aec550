import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  checkedName,
  chooseTask,
  locateProject,
  tasksIn,
  type PlaceRequest,
  type TaskChoice,
} from '../../src/config/locate-project.ts';
import { temporaryFolder } from '../stores/temporary-folder.ts';

describe('the places of a project', () => {
  it('are the folder one stands in, where there is nothing else', () => {
    const cwd = temporaryFolder();
    expect(placesIn(cwd)).toEqual({ root: cwd, data: join(cwd, 'data'), workspace: cwd });
  });

  it('are found above, from anywhere below', () => {
    const project = temporaryFolder();
    const below = join(project, 'src', 'deep');
    mkdirSync(below, { recursive: true });
    mkdirSync(join(project, '.autoloop'));
    const root = join(project, '.autoloop');
    expect(placesIn(below)).toEqual({ root, data: join(root, 'data'), workspace: project });
  });

  it('are the nearest where projects lie in each other', () => {
    const outer = temporaryFolder();
    const inner = join(outer, 'inner');
    mkdirSync(join(outer, '.autoloop'));
    mkdirSync(join(inner, '.autoloop'), { recursive: true });
    expect(placesIn(inner).workspace).toBe(inner);
  });

  it('come from the environment where it names them, from where one stands', () => {
    const cwd = temporaryFolder();
    const environment = {
      ...{ AUTOLOOP_ROOT: 'r', AUTOLOOP_DATA_DIR: '/d', AUTOLOOP_WORKSPACE: '../w' },
    };
    const places = placesIn(cwd, { environment });
    expect(places).toEqual({ root: join(cwd, 'r'), data: '/d', workspace: join(cwd, '../w') });
  });

  it('come from flags before anything else', () => {
    const cwd = temporaryFolder();
    const environment = { AUTOLOOP_ROOT: '/e', AUTOLOOP_DATA_DIR: '/e', AUTOLOOP_WORKSPACE: '/e' };
    const flags = { root: '/r', data: 'd', workspace: 'w' };
    const places = placesIn(cwd, { environment, ...flags });
    expect(places).toEqual({ root: '/r', data: join(cwd, 'd'), workspace: join(cwd, 'w') });
  });

  it('are not those that a worker was told of its own attempt', () => {
    const cwd = temporaryFolder();
    const environment = { AUTOLOOP_ATTEMPT_ID: 'r-1-1', AUTOLOOP_WORKSPACE: '/outer' };
    expect(placesIn(cwd, { environment }).workspace).toBe(cwd);
  });
});

describe('the tasks of a folder', () => {
  it('are the folders with a module, by name', () => {
    const folder = temporaryFolder();
    for (const file of ['zip/task.ts', 'apt/task.mjs', 'mid/task.js', 'old/task.sh', 'none/x.ts']) {
      mkdirSync(join(folder, file, '..'), { recursive: true });
      writeFileSync(join(folder, file), '');
    }
    writeFileSync(join(folder, 'task.ts'), '');
    expect(tasksIn(folder)).toEqual(['apt', 'mid', 'old', 'zip']);
  });

  it('are none where there is no folder', () => {
    expect(tasksIn(join(temporaryFolder(), 'tasks'))).toEqual([]);
  });
});

describe('the task of a loop', () => {
  it.each([
    { name: 'the one that the flag names', choice: { flag: 'a', LOOP_TASK: 'b' }, task: 'a' },
    {
      name: 'the one that the environment names, ours before the plain one',
      choice: { LOOP_TASK: 'b', AUTOLOOP_LOOP_TASK: 'c' },
      task: 'c',
    },
    { name: 'that of the plain variable', choice: { LOOP_TASK: 'b' }, task: 'b' },
    { name: 'the only one of the project', choice: { project: ['only'] }, task: 'only' },
    { name: 'prompt, where a prompt is given', choice: { hasPrompt: true }, task: 'prompt' },
    {
      name: 'prompt, where the project has several and a prompt is given',
      choice: { hasPrompt: true, project: ['a', 'b'] },
      task: 'prompt',
    },
  ])('is $name', ({ choice, task }) => {
    expect(chosen(choice)).toBe(task);
  });

  it('must be named where there are several, and where there is none', () => {
    expect(() => chosen({ project: ['a', 'b'] })).toThrow('This project has several tasks.');
    expect(() => chosen({})).toThrow('No task was named.');
  });

  it('is offered once where a task of the project stands for a shipped one', () => {
    let told: unknown;
    try {
      chosen({ project: ['demo', 'own'], shipped: ['demo', 'prompt'] });
    } catch (error) {
      told = error;
    }
    expect(told).toMatchObject({
      fix: 'Name one (--task demo, --task own), or give a prompt: --prompt PROMPT.md',
    });
  });
});

describe('a name', () => {
  it.each(['a', 'A9', 'my-task_1.2', '9lives', 'x'.repeat(64)])('may be %s', (name) => {
    expect(checkedName('loop', name)).toBe(name);
  });

  it.each(['', '.', '..', '.hidden', '-x', 'a/b', 'a\\b', 'a b', 'ä', 'a\n', 'x'.repeat(65)])(
    'must not be %j',
    (name) => {
      expect(() => checkedName('loop', name)).toThrow(`"${name}" is not a name for a loop.`);
    },
  );
});

function placesIn(cwd: string, request: Partial<PlaceRequest> = {}) {
  return locateProject({
    root: null,
    data: null,
    workspace: null,
    environment: {},
    cwd,
    ...request,
  });
}

interface Choice extends Partial<Omit<TaskChoice, 'environment'>> {
  readonly LOOP_TASK?: string;
  readonly AUTOLOOP_LOOP_TASK?: string;
}

function chosen({ LOOP_TASK, AUTOLOOP_LOOP_TASK, ...choice }: Choice): string {
  const environment = { LOOP_TASK, AUTOLOOP_LOOP_TASK };
  const asked = { flag: null, hasPrompt: false, project: [], shipped: ['demo', 'prompt'] };
  return chooseTask({ ...asked, ...choice, environment });
}
