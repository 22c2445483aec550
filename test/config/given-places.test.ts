import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chooseTask, locateProject, tasksIn } from '../../src/config/locate-project.ts';
import { temporaryFolder } from '../stores/temporary-folder.ts';

describe('a place', () => {
  it.each(['root', 'data', 'workspace'] as const)(
    'is refused where --%s is empty, and does not fall back to another',
    (flag) => {
      const environment = {
        AUTOLOOP_ROOT: '/e',
        AUTOLOOP_DATA_DIR: '/e',
        AUTOLOOP_WORKSPACE: '/e',
      };
      expect(() => locateProject({ ...NOWHERE, environment, [flag]: '' })).toThrow(
        expect.objectContaining({ code: 150, message: `--${flag} is "", which is not a folder.` }),
      );
    },
  );

  it('is not given by a variable that is empty', () => {
    const environment = { AUTOLOOP_ROOT: '', AUTOLOOP_DATA_DIR: '', AUTOLOOP_WORKSPACE: '' };
    expect(locateProject({ ...NOWHERE, environment })).toEqual(locateProject(NOWHERE));
  });

  it('of the data follows a root that is named', () => {
    expect(locateProject({ ...NOWHERE, root: '/r' }).data).toBe('/r/data');
    const environment = { AUTOLOOP_ROOT: '/r' };
    expect(locateProject({ ...NOWHERE, environment }).data).toBe('/r/data');
  });

  it('of the work stays the project one stands in, wherever the root is', () => {
    const project = temporaryFolder();
    const cwd = join(project, 'src');
    mkdirSync(join(project, '.autoloop'));
    mkdirSync(cwd);
    const places = locateProject({ ...NOWHERE, cwd, root: '../elsewhere' });
    expect(places).toEqual({
      root: join(project, 'elsewhere'),
      data: join(project, 'elsewhere/data'),
      workspace: project,
    });
  });
});

describe('a task', () => {
  it.each([
    { flag: '', LOOP_TASK: 'b' },
    { flag: '../b', LOOP_TASK: 'b' },
    { flag: null, LOOP_TASK: 'a/b' },
    { flag: null, LOOP_TASK: ' ' },
  ])('is refused, not guessed, for a name that is none: $flag, $LOOP_TASK', (asked) => {
    expect(() => chosen(asked)).toThrow(
      expect.objectContaining({
        code: 150,
        message: `"${asked.flag ?? asked.LOOP_TASK}" is not a name for a task.`,
      }),
    );
  });

  it('is not named by a variable that is empty', () => {
    expect(chosen({ flag: null, LOOP_TASK: '' })).toBe('only');
  });

  it('that must be named is one of those there are, the shipped ones among them', () => {
    const choice = { flag: null, environment: {}, hasPrompt: false, shipped: ['demo', 'prompt'] };
    expect(() => chooseTask({ ...choice, project: ['a', 'b'] })).toThrow(
      expect.objectContaining({
        code: 150,
        fix: 'Name one (--task a, --task b, --task demo), or give a prompt: --prompt PROMPT.md',
      }),
    );
  });

  it.each(['task.ts', 'task.mts', 'task.mjs', 'task.js'])('may be a folder with %s', (file) => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'mine'));
    writeFileSync(join(folder, 'mine', file), '');
    expect(tasksIn(folder)).toEqual(['mine']);
  });

  it('may be a link to a folder', () => {
    const folder = temporaryFolder();
    const elsewhere = temporaryFolder();
    writeFileSync(join(elsewhere, 'task.ts'), '');
    symlinkSync(elsewhere, join(folder, 'mine'));
    symlinkSync(join(elsewhere, 'gone'), join(folder, 'dangling'));
    expect(tasksIn(folder)).toEqual(['mine']);
  });
});

const NOWHERE = { root: null, data: null, workspace: null, environment: {}, cwd: '/' };

function chosen({ flag, LOOP_TASK }: { flag: string | null; LOOP_TASK: string }): string {
  const environment = { LOOP_TASK };
  return chooseTask({ flag, environment, hasPrompt: false, project: ['only'], shipped: [] });
}
