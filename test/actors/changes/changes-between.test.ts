import { chmodSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Workspace } from './use-workspace.ts';

const NAMES = ['a', 'b c', 'ä', 'd/e', 'd/f', 'g'];

const name = fc.constantFrom(...NAMES);
const text = fc.constantFrom('', 'one\n', 'two\n', 'three\n');

/** What a worker, or whoever worked before it, may do to a repository. */
const step = fc.oneof(
  fc.record({ what: fc.constant('write' as const), name, text }),
  fc.record({ what: fc.constant('delete' as const), name }),
  fc.record({ what: fc.constant('stage' as const), name }),
  fc.record({ what: fc.constant('unstage' as const), name }),
  fc.record({ what: fc.constant('forget' as const), name }),
  fc.record({ what: fc.constantFrom('commit' as const, 'uncommit' as const, 'restore' as const) }),
);

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

function take(workspace: Workspace, taken: Step): void {
  switch (taken.what) {
    case 'write':
      return workspace.write(taken.name, taken.text);
    case 'delete':
      return workspace.delete(taken.name);
    case 'stage':
      return workspace.tryGit('add', '--', taken.name);
    case 'unstage':
      return workspace.tryGit('reset', '-q', '--', taken.name);
    case 'forget':
      return workspace.tryGit('rm', '-q', '--cached', '--', taken.name);
    case 'commit':
      return workspace.commit();
    case 'uncommit':
      return workspace.tryGit('reset', '-q', '--soft', 'HEAD~1');
    case 'restore':
      return workspace.tryGit('reset', '-q', '--hard');
  }
}

describe('what changed between two looks', () => {
  it('is exactly what is another content, whatever was done to repository and files', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 6 }),
        fc.array(step, { maxLength: 6 }),
        async (former, work) => {
          const workspace = new Workspace();
          former.forEach((one) => take(workspace, one));
          const [look, before] = [await workspace.look(), workspace.files()];
          work.forEach((one) => take(workspace, one));
          const after = workspace.files();
          const paths = [...new Set([...before.keys(), ...after.keys()])];
          const expected = paths.filter((path) => before.get(path) !== after.get(path));
          expect(await workspace.since(look)).toEqual(expected.toSorted());
          workspace.remove();
        },
      ),
      { numRuns: 100 },
    );
  }, 120_000);

  it('is a mode, a link and a file where a folder was, too', async () => {
    const workspace = new Workspace();
    ['run', 'link', 'd/e'].forEach((path) => workspace.write(path, 'x'));
    workspace.commit();
    const look = await workspace.look();
    chmodSync(join(workspace.folder, 'run'), 0o755);
    rmSync(join(workspace.folder, 'link'));
    symlinkSync('run', join(workspace.folder, 'link'));
    workspace.delete('d');
    workspace.write('d', 'x');
    expect(await workspace.since(look)).toEqual(['d', 'd/e', 'link', 'run']);
  });

  it('is told of a repository that names its objects by sha256', async () => {
    const workspace = new Workspace('--object-format=sha256');
    workspace.commit();
    workspace.write('a', 'one');
    const look = await workspace.look();
    workspace.write('b', 'two');
    workspace.commit();
    expect(await workspace.since(look)).toEqual(['b']);
  });

  it('leaves out what is ignored', async () => {
    const workspace = new Workspace();
    workspace.write('.gitignore', 'ignored/\n');
    const look = await workspace.look();
    workspace.write('ignored/a', 'x');
    expect(await workspace.since(look)).toEqual([]);
  });

  it('is not known where too many files are not committed, or the former commit is gone', async () => {
    const workspace = new Workspace();
    const look = await workspace.look();
    for (let at = 0; at <= 5_000; at += 1) {
      workspace.write(`many/${at}`, '');
    }
    expect(await workspace.since(look)).toBeNull();
    workspace.commit();
    const gone = look && { ...look, head: 'e'.repeat(40) };
    expect(await workspace.since(gone)).toBeNull();
  });
});
