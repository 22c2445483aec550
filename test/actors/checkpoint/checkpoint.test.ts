import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Git } from '../../../src/actors/checkpoint/git.ts';
import { useGitProject, type GitProject } from './git-project.ts';

const NOTHING = { commit: null, takenBackTo: null, warning: null, refused: null };

describe('good work', () => {
  it('becomes one commit with trailers, and nothing is left over', async () => {
    const project = useGitProject().init();
    expect(await project.begin()).toBeNull();
    project.writeAll({ 'a.txt': 'better\n', 'new/c.txt': 'c\n' });
    project.remove('dir/b.txt');
    const { commit } = await project.finish(true);
    expect(commit).toBe(project.head());
    expect(project.status()).toBe('');
    expect(project.git('log', '-1', '--format=%B')).toBe(
      'svc: iteration 1\n\nAutoloop-Task: tidy\nAutoloop-Iteration: 1\nAutoloop-Target: svc\nAutoloop-Run: run-1\n\n',
    );
    expect(project.git('show', '--name-status', '--format=')).toBe(
      'M\ta.txt\nD\tdir/b.txt\nA\tnew/c.txt\n',
    );
    expect(project.git('log', '-1', '--format=%an')).toBe('User\n');
    expect(project.refs('accepted')).toEqual(['refs/autoloop/accepted/1']);
  });

  it('that changed nothing becomes no commit', async () => {
    const project = useGitProject().init();
    const head = project.head();
    await project.begin();
    expect(await project.finish(true)).toEqual(NOTHING);
    expect(project.head()).toBe(head);
  });

  it('that the worker has committed itself stays as it is', async () => {
    const project = useGitProject().init();
    await project.begin();
    project.write('a.txt', 'better\n');
    project.workersGit('commit', '--quiet', '--all', '--message=its own');
    const head = project.head();
    expect(await project.finish(true)).toEqual(NOTHING);
    expect(project.head()).toBe(head);
    project.write('a.txt', 'best\n');
    expect(await project.finish(true)).toMatchObject({ commit: project.head() });
    expect(project.git('rev-parse', 'HEAD^').trim()).toBe(head);
  });

  it('is committed once, however often it is finished', async () => {
    const project = useGitProject().init();
    await project.begin();
    project.write('a.txt', 'better\n');
    const first = await project.finish(true);
    expect(await project.finish(true)).toEqual(first);
    expect(project.git('rev-list', '--count', 'HEAD').trim()).toBe('2');
    expect(project.refs('accepted')).toHaveLength(1);
  });

  it('begins a history', async () => {
    const project = useGitProject();
    project.git('init', '--quiet', '--initial-branch=main');
    expect(await project.begin()).toBeNull();
    project.write('a.txt', 'a\n');
    expect(await project.finish(true)).toMatchObject({ commit: project.head() });
    expect(project.status()).toBe('');
  });

  it('is committed by autoloop where git knows nobody', async () => {
    const project = useGitProject().init();
    project.environment = {
      ...{
        GIT_AUTHOR_NAME: '',
        GIT_AUTHOR_EMAIL: '',
        GIT_COMMITTER_NAME: '',
        GIT_COMMITTER_EMAIL: '',
      },
    };
    project.git('config', 'user.useConfigOnly', 'true');
    await project.begin();
    project.write('a.txt', 'better\n');
    await project.finish(true);
    expect(project.git('log', '-1', '--format=%an <%ae>')).toBe('autoloop <autoloop@localhost>\n');
  });

  it('stays on a HEAD that is detached, and cannot get lost there', async () => {
    const project = useGitProject().init();
    project.git('checkout', '--quiet', '--detach');
    await project.begin();
    project.write('a.txt', 'better\n');
    const { commit } = await project.finish(true);
    project.git('checkout', '--quiet', 'main');
    expect(project.git('rev-parse', 'refs/autoloop/accepted/1').trim()).toBe(commit);
  });

  it('goes on top of what somebody else committed meanwhile', async () => {
    const project = useGitProject().init();
    await project.begin();
    project.write('a.txt', 'better\n');
    project.write('theirs.txt', 'theirs\n');
    project.git('add', 'theirs.txt');
    project.git('commit', '--quiet', '--message=theirs');
    await project.finish(true);
    expect(project.git('log', '--format=%s')).toBe('svc: iteration 1\ntheirs\nfirst\n');
    expect(project.git('show', '--name-only', '--format=')).toBe('a.txt\n');
    expect(project.status()).toBe('');
  });

  it('is not put onto another branch that somebody went to', async () => {
    const project = useGitProject().init();
    await project.begin();
    project.write('a.txt', 'better\n');
    project.git('switch', '--quiet', '--create', 'other');
    const { commit, warning } = await project.finish(true);
    expect({ commit, text: project.read('a.txt') }).toEqual({ commit: null, text: 'better\n' });
    expect(warning).toContain('refs/autoloop/pending/1 keeps it: another branch');
    expect(project.git('show', 'refs/autoloop/pending/1:a.txt')).toBe('better\n');
  });

  it('leaves a merge that the worker did not finish to people', async () => {
    const project = useGitProject().init();
    project.git('switch', '--quiet', '--create', 'side');
    project.write('a.txt', 'side\n');
    project.git('commit', '--quiet', '--all', '--message=side');
    project.git('switch', '--quiet', 'main');
    project.write('a.txt', 'main\n');
    project.git('commit', '--quiet', '--all', '--message=main');
    await project.begin();
    expect(() => project.workersGit('merge', 'side')).toThrow('Command failed');
    expect((await project.finish(true)).warning).toContain('a merge is not finished');
    expect(project.git('diff', '--name-only', '--diff-filter=U')).toBe('a.txt\n');
    expect(await project.finish(false)).toMatchObject({
      takenBackTo: 'refs/autoloop/discarded/1',
    });
    expect([project.read('a.txt'), project.status()]).toEqual(['main\n', '']);
    expect(await project.begin(2)).toBeNull();
  });
});

describe('a hook of the repository', () => {
  it('that refuses leaves the work where it is, and the next iteration may mend it', async () => {
    const project = useGitProject().init();
    project.hook('pre-commit', 'echo "no tabs, please" >&2; ! grep -q tab a.txt');
    await project.begin();
    project.writeAll({ 'a.txt': 'tab\n', 'b.txt': 'b\n' });
    const finished = await project.finish(true);
    expect(finished).toMatchObject({ commit: null, refused: { output: 'no tabs, please\n' } });
    expect(finished.warning).toContain('the hook pre-commit refused the commit');
    expect(project.status()).toBe(' M a.txt\n?? b.txt\n');
    expect(project.refs('pending')).toEqual(['refs/autoloop/pending/1']);
    expect([await project.look(), await project.begin(2)]).toEqual([null, null]);
    project.write('a.txt', 'none\n');
    expect(await project.finish(true, 2)).toMatchObject({ commit: project.head() });
    expect(project.status()).toBe('');
    expect(project.git('show', '--name-only', '--format=')).toBe('a.txt\nb.txt\n');
  });

  it('that refused is mended into the state before it where the next iteration fails', async () => {
    const project = useGitProject().init();
    project.hook('pre-commit', 'exit 1');
    await project.begin();
    project.write('a.txt', 'tab\n');
    await project.finish(true);
    expect(await project.begin(2)).toBeNull();
    project.write('b.txt', 'b\n');
    expect(await project.finish(false, 2)).toMatchObject({
      takenBackTo: 'refs/autoloop/discarded/2',
    });
    expect([project.status(), project.read('a.txt')]).toEqual(['', 'a\n']);
  });

  it('is not taken for an excuse when somebody else changed something, too', async () => {
    const project = useGitProject().init();
    project.hook('pre-commit', 'exit 1');
    await project.begin();
    project.write('a.txt', 'tab\n');
    await project.finish(true);
    project.write('mine.txt', 'mine\n');
    expect(await project.look()).toBe('a.txt, mine.txt are not committed');
    expect(await project.begin(2)).toContain('not committed');
  });

  it('may change what is committed, and the message', async () => {
    const project = useGitProject().init();
    project.hook('pre-commit', 'echo formatted > a.txt; git add a.txt');
    project.hook('commit-msg', 'echo "Change-Id: I1" >> "$1"');
    await project.begin();
    project.write('a.txt', 'unformatted\n');
    const { commit } = await project.finish(true);
    expect(commit).toBe(project.head());
    expect(project.git('show', 'HEAD:a.txt')).toBe('formatted\n');
    expect(project.git('log', '-1', '--format=%B')).toMatch(/Autoloop-Run: run-1\nChange-Id: I1\n/);
    expect(project.status()).toBe('');
  });

  it.each(['at the top', 'in a worktree'])(
    'is run as git commit runs it, all of them, %s',
    async (where) => {
      const prepared = (): GitProject => {
        const project = useGitProject().init();
        HOOKS.forEach((name) => project.hook(name, tellCall(project, name)));
        if (where === 'in a worktree') {
          const side = join(project.home, 'side');
          project.git('worktree', 'add', '--quiet', '-b', 'side', side);
          Object.assign(project, { directory: side });
        }
        return project;
      };
      const [theirs, ours] = [prepared(), prepared()];
      theirs.write('a.txt', 'better\n');
      theirs.git('commit', '--quiet', '--all', '--message=better');
      await ours.begin();
      ours.write('a.txt', 'better\n');
      await ours.finish(true);
      const calls = callsOf(ours);
      expect(
        calls.filter((line) => line.startsWith('==')).map((line) => line.split(' ')[1]),
      ).toEqual(HOOKS);
      expect(calls).toEqual(callsOf(theirs));
    },
  );

  it('prepare-commit-msg and commit-msg have the last word on the message, but not on whose it is', async () => {
    const project = useGitProject().init();
    project.hook(
      'prepare-commit-msg',
      'printf "\\n\\nABC-1 mended   \\n\\n\\n# a heading\\n" > "$1"',
    );
    project.hook('commit-msg', 'printf "\\nReviewed-by: nobody\\n\\n" >> "$1"');
    await project.begin();
    project.write('a.txt', 'better\n');
    const first = await project.finish(true);
    expect(project.git('log', '-1', '--format=%B')).toBe(
      'ABC-1 mended\n\n# a heading\n\nReviewed-by: nobody\n\n' +
        'Autoloop-Task: tidy\nAutoloop-Iteration: 1\nAutoloop-Target: svc\nAutoloop-Run: run-1\n\n',
    );
    expect(await project.finish(true)).toEqual(first);
  });

  it('may add a paragraph of its own after the trailers', async () => {
    const project = useGitProject().init();
    project.git('config', 'commit.cleanup', 'strip');
    project.hook('commit-msg', 'printf "# no word\\n\\nSigned-off-by: U\\n" >> "$1"');
    await project.begin();
    project.write('a.txt', 'better\n');
    const first = await project.finish(true);
    expect(project.git('log', '-1', '--format=%B')).toMatch(
      /^svc: iteration 1\n\nAutoloop-Task[^#]*Autoloop-Run: run-1\n\nSigned-off-by: U\n\n$/,
    );
    expect(await project.finish(true), 'it finds its commit again').toEqual(first);
  });

  it.each([
    ['prepare-commit-msg', 'echo "no ticket" >&2; exit 1', 'no ticket\n'],
    ['commit-msg', 'echo "no scope"; exit 1', 'no scope\n'],
    ['prepare-commit-msg', ': > "$1"', 'A hook left the message of the commit empty.\n'],
  ])('%s that fails (%s) keeps the work', async (name, script, output) => {
    const project = useGitProject().init();
    const head = project.head();
    project.hook(name, script);
    await project.begin();
    project.write('a.txt', 'better\n');
    expect(await project.finish(true)).toMatchObject({ commit: null, refused: { output } });
    expect([project.head(), project.status()]).toEqual([head, ' M a.txt\n']);
    expect(project.git('show', 'refs/autoloop/pending/1:a.txt')).toBe('better\n');
  });

  it('post-commit that fails is a warning: the work is committed, and it is told once', async () => {
    const project = useGitProject().init();
    project.hook('post-commit', 'git log -1 --format=%s >> told; echo "no network" >&2; exit 3');
    await project.begin();
    project.write('a.txt', 'better\n');
    expect(await project.finish(true)).toMatchObject({
      ...{ commit: project.head(), refused: null },
      warning: 'the work is committed, but the hook post-commit failed (exit code 3): no network',
    });
    expect(await project.finish(true)).toEqual({ ...NOTHING, commit: project.head() });
    expect(project.read('told')).toBe('svc: iteration 1\n');
  });

  it('post-commit finds everything committed, and may amend it', async () => {
    const project = useGitProject().init();
    project.hook(
      'post-commit',
      '[ -e .git/amended ] && exit\n' +
        'git status --porcelain > .git/amended; echo 2 > version; git add version\n' +
        'git commit --quiet --amend --no-edit',
    );
    await project.begin();
    project.write('a.txt', 'better\n');
    expect(await project.finish(true)).toEqual({ ...NOTHING, commit: project.head() });
    expect([project.status(), project.read('.git/amended')]).toEqual(['', '']);
    expect(project.git('show', '--name-only', '--format=')).toBe('a.txt\nversion\n');
    expect(project.git('rev-list', '--count', 'HEAD').trim()).toBe('2');
    expect(project.git('rev-parse', 'refs/autoloop/accepted/1').trim()).toBe(project.head());
  });

  it('post-commit is called by the next runner where the one that committed died before', async () => {
    const project = useGitProject().init();
    project.hook('post-commit', 'git log -1 --format=%s >> .git/told');
    await project.begin();
    project.write('a.txt', 'better\n');
    const head = project.head();
    // oxlint-disable-next-line typescript/unbound-method -- it is called with its own `this`
    const real = Git.prototype.ask;
    Git.prototype.ask = function ask(...args) {
      return project.head() === head
        ? Reflect.apply(real, this, args)
        : Promise.reject(new Error('died'));
    };
    try {
      await expect(project.finish(true)).rejects.toThrow('died');
    } finally {
      Git.prototype.ask = real;
    }
    expect([project.head() === head, project.read('.git/told')]).toEqual([false, null]);
    expect(await project.finish(true)).toEqual({ ...NOTHING, commit: project.head() });
    expect(project.read('.git/told')).toBe('svc: iteration 1\n');
  });

  it('gives somebody the time to commit meanwhile: the work goes on top of it', async () => {
    const project = useGitProject().init();
    project.hook(
      'commit-msg',
      '[ -e .git/theirs ] && exit; : > .git/theirs; unset GIT_INDEX_FILE\n' +
        'echo theirs > theirs.txt; git add theirs.txt\n' +
        'git commit --quiet --no-verify --message=theirs -- theirs.txt',
    );
    await project.begin();
    project.write('a.txt', 'better\n');
    expect(await project.finish(true)).toEqual({ ...NOTHING, commit: project.head() });
    expect(project.git('log', '--format=%s')).toBe('svc: iteration 1\ntheirs\nfirst\n');
    expect(project.git('show', '--name-only', '--format=')).toBe('a.txt\n');
    expect(project.status()).toBe('');
  });

  it('lies wherever the repository says', async () => {
    const project = useGitProject().init();
    writeFileSync(join(project.home, 'commit-msg'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    project.git('config', 'core.hooksPath', project.home);
    await project.begin();
    project.write('a.txt', 'x\n');
    expect((await project.finish(true)).warning).toContain('commit-msg refused');
  });

  it('without the right to be run, or a first line, is what it is to git', async () => {
    const project = useGitProject().init();
    project.hook('pre-commit', 'exit 1');
    const path = join(project.directory, '.git/hooks/pre-commit');
    writeFileSync(path, 'echo nameless; exit 1\n');
    await project.begin();
    project.write('a.txt', 'x\n');
    expect(await project.finish(true)).toMatchObject({ refused: { output: 'nameless\n' } });
  });

  it('a signature that cannot be made keeps the work, too', async () => {
    const project = useGitProject().init();
    project.git('config', 'commit.gpgSign', 'true');
    project.git('config', 'gpg.program', '/bin/false');
    await project.begin();
    project.write('a.txt', 'x\n');
    const { warning } = await project.finish(true);
    expect(warning).toContain('git refused the commit');
    expect(project.read('a.txt')).toBe('x\n');
  });
});

describe('bad work', () => {
  it('is kept under a ref, and everything is as it was', async () => {
    const project = useGitProject().init();
    const before = project.files();
    await project.begin();
    project.writeAll({ 'a.txt': 'worse\n', 'new/c.txt': 'c\n' });
    project.remove('dir/b.txt');
    project.workersGit('add', 'new/c.txt');
    const { takenBackTo } = await project.finish(false);
    expect(takenBackTo).toBe('refs/autoloop/discarded/1');
    expect(project.files()).toEqual(before);
    expect(project.status()).toBe('');
    expect(project.git('show', '--name-status', '--format=', takenBackTo ?? '')).toBe(
      'M\ta.txt\nD\tdir/b.txt\nA\tnew/c.txt\n',
    );
  });

  it('is told of again when it is finished again, and kept once', async () => {
    const project = useGitProject().init();
    await project.begin();
    project.write('a.txt', 'worse\n');
    const first = await project.finish(false);
    expect(await project.finish(false)).toEqual(first);
    expect(project.refs('discarded')).toHaveLength(1);
  });

  it('never takes the name of other work that was taken back', async () => {
    const project = useGitProject().init();
    for (const runId of ['run-1', 'run-2', 'run-3']) {
      project.runId = runId;
      await project.begin();
      project.write('a.txt', `worse in ${runId}\n`);
      await project.finish(false);
    }
    expect(project.refs('discarded')).toEqual(
      ['', '-2', '-3'].map((suffix) => `refs/autoloop/discarded/1${suffix}`),
    );
  });

  it('that the worker committed goes, too', async () => {
    const project = useGitProject().init();
    const head = project.head();
    await project.begin();
    project.write('a.txt', 'worse\n');
    project.workersGit('commit', '--quiet', '--all', '--message=its own');
    project.write('a.txt', 'worst\n');
    await project.finish(false);
    expect([project.head(), project.read('a.txt'), project.status()]).toEqual([head, 'a\n', '']);
    expect(project.git('log', '--format=%s', 'refs/autoloop/discarded/1')).toContain('its own');
  });

  it('leaves the commit that somebody else made meanwhile', async () => {
    const project = useGitProject().init();
    await project.begin();
    project.write('a.txt', 'worse\n');
    project.write('theirs.txt', 'theirs\n');
    project.git('add', 'theirs.txt');
    project.git('commit', '--quiet', '--message=theirs');
    const head = project.head();
    expect(await project.finish(false)).toMatchObject({ takenBackTo: 'refs/autoloop/discarded/1' });
    expect(project.head()).toBe(head);
    expect([project.read('a.txt'), project.read('theirs.txt')]).toEqual(['a\n', 'theirs\n']);
    expect(project.status()).toBe('');
  });

  it('leaves the commit that somebody else makes in the very moment HEAD is put back', async () => {
    const project = useGitProject().init();
    await project.begin();
    project.write('a.txt', 'worse\n');
    project.workersGit('commit', '--quiet', '--all', '--message=its own');
    let theirs: string | null = null;
    // oxlint-disable-next-line typescript/unbound-method -- it is called with its own `this`
    const real = Git.prototype.ask;
    Git.prototype.ask = function ask(...args) {
      if (theirs === null && args[0].includes('autoloop: take back')) {
        project.write('theirs.txt', 'theirs\n');
        project.git('add', 'theirs.txt');
        project.git('commit', '--quiet', '--message=theirs', '--', 'theirs.txt');
        theirs = project.head();
      }
      return Reflect.apply(real, this, args);
    };
    try {
      expect(await project.finish(false)).toMatchObject({
        ...{ takenBackTo: 'refs/autoloop/discarded/1', warning: null },
      });
    } finally {
      Git.prototype.ask = real;
    }
    expect(project.head()).toBe(theirs);
    expect(project.git('log', '--format=%s')).toBe('theirs\nits own\nfirst\n');
    expect([project.read('theirs.txt'), project.status()]).toEqual(['theirs\n', '']);
  });

  it('that the first commit was made by goes, too', async () => {
    const project = useGitProject();
    project.git('init', '--quiet', '--initial-branch=main');
    await project.begin();
    project.write('a.txt', 'a\n');
    project.workersGit('add', '--all');
    project.workersGit('commit', '--quiet', '--message=its own');
    await project.finish(false);
    expect(() => project.head()).toThrow('Command failed');
    expect(project.status()).toBe('');
    expect(project.git('show', 'refs/autoloop/discarded/1:a.txt')).toBe('a\n');
  });

  it('never touches what was ignored, though the worker says it is not any more', async () => {
    const project = useGitProject().init({ '.gitignore': '.env\nbuild/\n' });
    project.writeAll({ '.env': 'SECRET=1\n', 'build/out.js': 'out\n' });
    await project.begin();
    project.writeAll({ '.gitignore': '', 'c.txt': 'c\n' });
    await project.finish(false);
    expect([project.read('.env'), project.read('build/out.js')]).toEqual(['SECRET=1\n', 'out\n']);
    expect(project.read('c.txt')).toBeNull();
    expect(project.status()).toBe('');
    await project.begin(2);
    project.writeAll({ '.gitignore': '', 'c.txt': 'c\n' });
    await project.finish(true, 2);
    expect(project.git('ls-files')).toBe('.gitignore\nc.txt\n');
  });

  it('is taken back where a file became a folder, a folder a file, a link something else', async () => {
    const project = useGitProject().init({ file: 'f\n', 'folder/in': 'i\n', 'linked/x': 'x\n' });
    symlinkSync('file', project.path('link'));
    project.git('add', '--all');
    project.git('commit', '--quiet', '--message=link');
    const before = project.files();
    await project.begin();
    project.write('file/deep/er', 'x\n');
    project.write('folder', 'now a file\n');
    project.write('link', 'now a file\n');
    project.remove('linked');
    symlinkSync('/etc', project.path('linked'));
    expect(await project.finish(false)).toMatchObject({ warning: null });
    expect(project.files()).toEqual(before);
    expect(project.status()).toBe('');
  });

  it('is kept also where it is ignored, and in the way of what was', async () => {
    const project = useGitProject().init({ '.gitignore': 'odd\n', 'odd/in': 'x\n' });
    project.git('add', '--force', 'odd/in');
    project.git('commit', '--quiet', '--allow-empty', '--message=odd');
    await project.begin();
    project.write('odd', 'an ignored file where a folder was\n');
    expect(await project.finish(false)).toMatchObject({ warning: null });
    expect(project.read('odd/in')).toBe('x\n');
    expect(project.git('show', 'refs/autoloop/discarded/1:odd')).toContain('an ignored file');
  });

  it('is left alone where it cannot be taken back: a repository lies in the way', async () => {
    const project = useGitProject().init();
    await project.begin();
    project.remove('a.txt');
    project.git('init', '--quiet', 'a.txt');
    project.write('a.txt/in', 'x\n');
    project.write('dir/b.txt', 'worse\n');
    expect((await project.finish(false)).warning).toBe(
      'the work was left as it is: a repository lies where a file was: a.txt',
    );
    expect([project.read('a.txt/in'), project.read('dir/b.txt')]).toEqual(['x\n', 'worse\n']);
  });
});

describe('what is not committed when a worker is to start', () => {
  it('keeps it from starting, and is named', async () => {
    const project = useGitProject().init();
    project.write('mine.txt', 'mine\n');
    expect(await project.begin()).toBe(
      'mine.txt is not committed: commit or stash it, or take it along with --dirty-start carry',
    );
    project.remove('mine.txt');
    project.write('a.txt', 'staged\n');
    project.git('add', 'a.txt');
    project.write('a.txt', 'a\n');
    expect(await project.begin(), 'staged, though the file is as it was').toContain('a.txt');
  });

  it('is carried along, untouched by good and by bad work', async () => {
    const project = useGitProject().init();
    project.writeAll({ 'a.txt': 'mine\n', 'mine.txt': 'mine\n', 'staged.txt': '1\n' });
    project.git('add', 'staged.txt');
    project.write('staged.txt', '2\n');
    const status = project.status();
    const before = project.files();
    expect(await project.begin(1, { dirtyStart: 'carry' })).toBeNull();
    project.writeAll({ 'dir/b.txt': 'better\n', 'new.txt': 'new\n' });
    await project.finish(true);
    expect(project.git('show', '--name-only', '--format=')).toBe('dir/b.txt\nnew.txt\n');
    expect(project.status()).toBe(status);
    expect(await project.begin(2, { dirtyStart: 'carry' })).toBeNull();
    project.writeAll({ 'a.txt': 'worse\n', 'x.txt': 'x\n' });
    project.remove('mine.txt');
    project.workersGit('add', '--all');
    await project.finish(false, 2);
    expect(project.files()).toEqual({ ...before, 'dir/b.txt': 'better\n', 'new.txt': 'new\n' });
    expect(project.status()).toBe(status);
    expect(project.git('show', ':staged.txt')).toBe('1\n');
  });

  it('is looked for before a run begins, and nothing is touched', async () => {
    const project = useGitProject().init({ 'sub/a.txt': 'a\n', '.gitignore': 'ignored\n' });
    project.workspace = 'sub';
    project.dataFolder = project.path('sub/data');
    project.writeAll({ 'else/mine.txt': 'x\n', 'sub/data/tidy/log': 'x\n', 'sub/ignored': 'x\n' });
    project.git('init', '--quiet', 'sub/nested');
    project.write('sub/nested/n.txt', 'n\n');
    expect(await project.look()).toBeNull();
    ['1', '2', '3', '4', '5', '6', '7'].forEach((name) => project.write(`sub/${name}`, name));
    const objects = (): string => project.git('count-objects');
    const [before, index] = [objects(), readFileSync(project.path('.git/index'))];
    expect(await project.look()).toBe(
      'sub/1, sub/2, sub/3, sub/4, sub/5 and 2 more are not committed',
    );
    expect(await project.look('carry')).toBeNull();
    expect([objects(), readFileSync(project.path('.git/index'))]).toEqual([before, index]);
    expect(project.files()).not.toHaveProperty('sub/data/tidy/checkpoint');
    ['1', '2', '3', '4', '5', '6', '7'].forEach((name) => project.remove(`sub/${name}`));
    project.git('add', 'else/mine.txt');
    expect(await project.look(), 'staged elsewhere').toBe('else/mine.txt is not committed');
  });

  it('may not be a merge, a rebase or conflicts', async () => {
    const project = useGitProject().init();
    writeFileSync(join(project.directory, '.git/MERGE_HEAD'), `${project.head()}\n`);
    expect(await project.begin(1, { dirtyStart: 'carry' })).toContain('in the middle of a merge');
    expect(await project.look('carry')).toContain('in the middle of a merge');
    project.remove('.git/MERGE_HEAD');
    project.write('a.txt', 'mine\n');
    project.git('stash', '--quiet');
    project.write('a.txt', 'theirs\n');
    project.git('commit', '--quiet', '--all', '--message=theirs');
    expect(() => project.git('stash', 'pop')).toThrow('Command failed');
    expect(await project.begin(1, { dirtyStart: 'carry' })).toContain('conflicts');
    expect(await project.look('carry')).toContain('conflicts');
  });
});

describe('a workspace', () => {
  it('without a repository is refused', async () => {
    expect(await useGitProject().begin()).toMatch(/--checkpoint commit cannot be had: .*not a git/);
  });

  it('that a repository ignores is refused', async () => {
    const project = useGitProject().init({ '.gitignore': 'sub/\n' });
    project.write('sub/x', 'x');
    project.workspace = 'sub';
    expect(await project.begin()).toContain('ignores the workspace sub/');
  });

  it('that is a folder of a repository is all that counts', async () => {
    const project = useGitProject().init({ 'sub/a.txt': 'a\n', 'else/b.txt': 'b\n' });
    project.write('else/mine.txt', 'mine\n');
    project.workspace = 'sub';
    expect(await project.begin()).toBeNull();
    project.writeAll({ 'sub/a.txt': 'x\n', 'else/b.txt': 'theirs\n' });
    await project.finish(false);
    expect(project.files()).toEqual({
      ...{ 'sub/a.txt': 'a\n', 'else/b.txt': 'theirs\n', 'else/mine.txt': 'mine\n' },
    });
    await project.begin(2);
    project.write('sub/a.txt', 'good\n');
    await project.finish(true, 2);
    expect(project.git('show', '--name-only', '--format=')).toBe('sub/a.txt\n');
  });

  it('that is a worktree is one by itself', async () => {
    const main = useGitProject().init();
    main.git('worktree', 'add', '--quiet', '-b', 'side', join(main.home, 'side'));
    main.write('untouched.txt', 'main\n');
    const side = useGitProject();
    side.remove('');
    Object.assign(side, { directory: join(main.home, 'side') });
    expect(await side.begin()).toBeNull();
    side.write('a.txt', 'worse\n');
    await side.finish(false);
    expect([side.read('a.txt'), side.status()]).toEqual(['a\n', '']);
    await side.begin(2);
    side.write('a.txt', 'better\n');
    await side.finish(true, 2);
    expect(side.git('log', '-1', '--format=%s', 'side')).toBe('svc: iteration 2\n');
    expect(main.status()).toBe('?? untouched.txt\n');
  });

  it('keeps its hands off nested repositories and submodules', async () => {
    const library = useGitProject().init({ 'l.txt': 'l\n' });
    const project = useGitProject().init();
    const add = ['submodule', '--quiet', 'add', library.directory, 'lib'];
    project.git('-c', 'protocol.file.allow=always', ...add);
    project.git('commit', '--quiet', '--message=lib');
    project.git('init', '--quiet', 'nested');
    project.write('nested/n.txt', 'n\n');
    project.git('init', '--quiet', 'full');
    project.write('full/f.txt', 'f\n');
    project.git('-C', 'full', 'add', '--all');
    project.git('-C', 'full', 'commit', '--quiet', '--message=full');
    expect(await project.begin()).toBeNull();
    project.writeAll({ 'lib/l.txt': 'changed\n', 'nested/n.txt': 'changed\n', 'a.txt': 'x\n' });
    project.workersGit('-C', 'lib', 'commit', '--quiet', '--all', '--message=in lib');
    expect(await project.finish(false)).toMatchObject({ warning: null });
    expect([project.read('a.txt'), project.read('lib/l.txt')]).toEqual(['a\n', 'changed\n']);
    expect(project.read('nested/n.txt')).toBe('changed\n');
    await project.begin(2);
    project.write('a.txt', 'better\n');
    await project.finish(true, 2);
    expect(project.git('show', '--name-only', '--format=')).toBe('a.txt\n');
  });

  it('that is a sparse checkout stays one', async () => {
    const project = useGitProject().init({
      'in/a.txt': 'a\n',
      'in/b.txt': 'b\n',
      'out/c.txt': 'c\n',
    });
    project.git('sparse-checkout', 'set', '--cone', 'in');
    const hidden = (): string => project.git('ls-files', '-t', 'out');
    const before = [hidden(), ...Object.keys(project.files())];
    expect([before[0], project.read('out/c.txt')]).toEqual(['S out/c.txt\n', null]);
    expect([await project.look(), await project.begin()]).toEqual([null, null]);
    project.writeAll({ 'in/a.txt': 'worse\n', 'in/new.txt': 'new\n' });
    project.workersGit('add', '--all');
    expect(await project.finish(false)).toMatchObject({ warning: null });
    expect([hidden(), ...Object.keys(project.files())]).toEqual(before);
    expect([project.read('in/a.txt'), project.status()]).toEqual(['a\n', '']);
    await project.begin(2);
    project.write('in/a.txt', 'better\n');
    expect(await project.finish(true, 2)).toMatchObject({ commit: project.head(), warning: null });
    expect(project.git('show', '--name-only', '--format=')).toBe('in/a.txt\n');
    expect([hidden(), project.status()]).toEqual(['S out/c.txt\n', '']);
  });

  it('whose worker adds a submodule has it taken back, or committed, and its files left alone', async () => {
    const library = useGitProject().init({ 'l.txt': 'l\n' });
    const project = useGitProject().init();
    const add = (path: string): void => {
      const allowed = ['-c', 'protocol.file.allow=always'];
      project.workersGit(...allowed, 'submodule', '--quiet', 'add', library.directory, path);
    };
    await project.begin();
    add('lib');
    expect(await project.finish(false)).toMatchObject({ warning: null });
    expect([project.read('.gitmodules'), project.git('ls-files', 'lib')]).toEqual([null, '']);
    expect(project.read('lib/l.txt'), 'a repository by itself').toBe('l\n');
    expect(await project.begin(2)).toBeNull();
    add('other');
    expect(await project.finish(true, 2)).toMatchObject({ commit: project.head(), warning: null });
    expect(project.git('show', '--name-only', '--format=')).toBe('.gitmodules\nother\n');
  });

  it('never has the data folder kept, taken back or found dirty', async () => {
    const project = useGitProject().init({ 'a.txt': 'a\n', 'data/tidy/loop.log': 'old\n' });
    project.dataFolder = project.path('data');
    project.write('data/tidy/loop.log', 'line\n');
    project.write('data/tidy/new.json', '{}\n');
    expect(await project.begin()).toBeNull();
    project.write('data/tidy/loop.log', 'more\n');
    project.write('a.txt', 'worse\n');
    await project.finish(false);
    expect([project.read('data/tidy/loop.log'), project.read('a.txt')]).toEqual(['more\n', 'a\n']);
    await project.begin(2);
    project.write('a.txt', 'better\n');
    await project.finish(true, 2);
    expect(project.git('show', '--name-only', '--format=')).toBe('a.txt\n');
    expect(project.git('show', 'HEAD:data/tidy/loop.log')).toBe('old\n');
  });

  it('with odd names and bytes loses none of them', async () => {
    const odd = ['-dash', 'a b', 'tab\tname', 'new\nline', '*', 'ü', '"quoted"', ':(top)x', 'é'];
    const project = useGitProject().init();
    const before = project.files();
    await project.begin();
    odd.forEach((name) => project.write(name, `${name}\n`));
    await project.finish(false);
    expect(project.files()).toEqual(before);
    await project.begin(2);
    odd.forEach((name) => project.write(name, `${name}\n`));
    await project.finish(true, 2);
    expect(
      project
        .git('ls-files', '-z')
        .split('\0')
        .filter((name) => odd.includes(name)),
    ).toHaveLength(odd.length);
    expect(project.status()).toBe('');
  });

  it('leaves a lock that somebody holds, and says so', async () => {
    const project = useGitProject().init();
    await project.begin();
    project.write('a.txt', 'better\n');
    const lock = join(project.directory, '.git/index.lock');
    writeFileSync(lock, '');
    const { warning } = await project.finish(true);
    expect(warning).toContain('index.lock');
    expect(readFileSync(lock, 'utf8')).toBe('');
    project.remove('.git/index.lock');
    expect(await project.finish(true)).toMatchObject({ commit: project.head(), warning: null });
    expect(project.status()).toBe('');
  }, 30_000);
});

describe('a branch of its own', () => {
  it('begins where the workspace is, and holds the work', async () => {
    const project = useGitProject().init();
    const main = project.head();
    await project.begin(1, { mode: 'branch' });
    project.write('a.txt', 'better\n');
    await project.finish(true);
    expect(project.git('symbolic-ref', 'HEAD')).toBe('refs/heads/autoloop/tidy\n');
    expect(project.git('rev-parse', 'main').trim()).toBe(main);
    project.git('switch', '--quiet', 'main');
    expect(await project.begin(2, { mode: 'branch' })).toBeNull();
    expect(project.read('a.txt'), 'it goes on where the branch is').toBe('better\n');
  });

  it('takes in what came to the branch it began from, and is refused when they went apart', async () => {
    const project = useGitProject().init();
    await project.begin(1, { mode: 'branch' });
    project.git('switch', '--quiet', 'main');
    project.write('m.txt', 'm\n');
    project.git('add', '--all');
    project.git('commit', '--quiet', '--message=main goes on');
    expect(await project.begin(1, { mode: 'branch' })).toBeNull();
    expect(project.read('m.txt')).toBe('m\n');
    project.write('a.txt', 'better\n');
    await project.finish(true);
    project.git('switch', '--quiet', 'main');
    project.write('m.txt', 'apart\n');
    project.git('commit', '--quiet', '--all', '--message=apart');
    expect(await project.begin(2, { mode: 'branch' })).toContain('have gone apart');
  });

  it('is refused where another worktree has it', async () => {
    const project = useGitProject().init();
    project.git('worktree', 'add', '--quiet', '-b', 'autoloop/tidy', join(project.home, 'w'));
    expect(await project.begin(1, { mode: 'branch' })).toMatch(/already (checked out|used)/);
  });

  it('takes along what is carried', async () => {
    const project = useGitProject().init();
    project.write('a.txt', 'mine\n');
    expect(await project.begin(1, { mode: 'branch', dirtyStart: 'carry' })).toBeNull();
    expect(project.status()).toBe(' M a.txt\n');
  });
});

it('keeps what it found before the first attempt for the later ones', async () => {
  const project = useGitProject().init();
  await project.begin();
  project.write('a.txt', 'half done\n');
  expect(await project.begin(1, { isFirst: false })).toBeNull();
  await project.finish(false);
  expect(project.read('a.txt')).toBe('a\n');
  mkdirSync(project.path('empty'));
  expect(await project.begin(2, { isFirst: false })).toBeNull();
});

const HOOKS = ['pre-commit', 'prepare-commit-msg', 'commit-msg', 'post-commit'];

/** Notes how it was called, and what git set for it; for which files these are, only whether they are right. */
function tellCall({ home }: GitProject, name: string): string {
  return [
    `exec >> ${home}/calls`,
    `echo "== ${name} $# \${2-}"`,
    'pwd',
    'env | grep ^GIT_ | grep -v "^GIT_INDEX_FILE\\|^GIT_AUTHOR_DATE\\|^GIT_CONFIG_NOSYSTEM" | sort',
    'echo "$PATH"; echo "$GIT_AUTHOR_DATE" | sed "s/[0-9]/0/g"',
    'git diff --cached --name-only; git log -1 --format=%s',
    '[ $# = 0 ] || grep -c . "$1" | grep -q "^0" || echo a message',
    '[ ! -t 0 ] && cat | wc -c',
  ].join('\n');
}

function callsOf({ home }: GitProject): string[] {
  const text = readFileSync(join(home, 'calls'), 'utf8');
  return text
    .replaceAll(home, 'HOME')
    .replaceAll(/^(?:better|svc: iteration 1)$/gm, 'SUBJECT')
    .split('\n');
}
