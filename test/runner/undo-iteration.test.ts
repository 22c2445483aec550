import { expect, it } from 'vitest';
import { undoIteration } from '../../src/runner/undo-iteration.ts';
import { useGitProject, type GitProject } from '../actors/checkpoint/git-project.ts';

it('says whose fault it is where a hook refuses the commit that undoes one, and changes nothing', async () => {
  const project = await worked();
  project.hook('prepare-commit-msg', 'echo "no ticket" >&2; exit 1');
  project.write('mine.txt', 'mine\n');
  project.write('dir/b.txt', 'mine\n');
  const [head, status] = [project.head(), project.status()];
  await expect(undo(project)).rejects.toMatchObject({
    code: 150,
    message: expect.stringMatching(/^Nothing was undone: git revert: no ticket/),
  });
  expect([project.head(), project.status()]).toEqual([head, status]);
  expect(project.git('status')).not.toContain('revert');
});

it('says what stands in the way where later work is built on it, and changes nothing', async () => {
  const project = await worked();
  project.write('a.txt', 'best\n');
  project.git('commit', '--quiet', '--all', '--message=later');
  const head = project.head();
  await expect(undo(project)).rejects.toMatchObject({
    code: 150,
    message: expect.stringContaining('cannot be undone without conflicts'),
  });
  expect([project.head(), project.status()]).toEqual([head, '']);
});

it('leaves what is not committed alone: where it is in the way, nothing is undone', async () => {
  const project = await worked();
  project.writeAll({ 'a.txt': 'mine\n', 'mine.txt': 'mine\n' });
  const [head, status] = [project.head(), project.status()];
  await expect(undo(project)).rejects.toMatchObject({
    code: 150,
    message: expect.stringContaining('a.txt'),
  });
  expect([project.head(), project.status(), project.read('a.txt')]).toEqual([
    ...[head, status, 'mine\n'],
  ]);
  project.write('a.txt', 'better\n');
  expect(await undo(project)).toMatchObject({ wasUndone: false, revert: project.head() });
  expect([project.read('a.txt'), project.read('mine.txt')]).toEqual(['a\n', 'mine\n']);
});

/** One iteration made `a.txt` better. */
async function worked(): Promise<GitProject> {
  const project = useGitProject().init();
  await project.begin();
  project.write('a.txt', 'better\n');
  await project.finish(true);
  return project;
}

function undo({ directory: workspace, env: environment }: GitProject) {
  return undoIteration({ workspace, environment, task: 'tidy', iteration: 1 });
}
