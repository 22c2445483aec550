import { createHash } from 'node:crypto';
import { chmodSync, cpSync, lstatSync, symlinkSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { Git } from '../../../src/actors/checkpoint/git.ts';
import { GitProject } from './git-project.ts';

/** `AUTOLOOP_GIT_SITUATIONS=1000`: as many as are asked for. One takes half a second on a busy machine. */
const SITUATIONS = Number(process.env['AUTOLOOP_GIT_SITUATIONS'] ?? 50);
const ROUNDS = 10;

const NAMES = [
  'a.txt',
  'dir/b.txt',
  'dir/c.txt',
  'dir',
  'new/x',
  'new/y',
  'odd näme',
  '.gitignore',
];
const IGNORED = ['.env', 'build/o'];
const TEXTS = ['one\n', 'two\n', 'three\n', '', '\0bin\xff', 'build/\n'];

type Step =
  | { readonly do: 'write' | 'program'; readonly name: string; readonly text: string }
  | { readonly do: 'remove' | 'link' | 'stage' | 'forget'; readonly name: string }
  | { readonly do: 'commit' | 'reset' | 'clean' | 'stash' | 'stage all' };

const name = fc.constantFrom(...NAMES);
const anyName = fc.constantFrom(...NAMES, ...IGNORED);
const text = fc.constantFrom(...TEXTS);
const write = fc.record({ do: fc.constant('write' as const), name: anyName, text });
const program = fc.record({ do: fc.constant('program' as const), name, text });
const toPath = fc.record({
  do: fc.constantFrom('remove' as const, 'link' as const, 'stage' as const, 'forget' as const),
  name,
});
const userSteps = fc.array(fc.oneof({ weight: 3, arbitrary: write }, program, toPath), {
  maxLength: 5,
});
const workerSteps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: write },
    { weight: 1, arbitrary: program },
    { weight: 3, arbitrary: toPath },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constantFrom(
          'commit' as const,
          'reset' as const,
          'clean' as const,
          'stash' as const,
          'stage all' as const,
        ),
      }),
    },
  ),
  { maxLength: 7 },
);

const situation = fc.record({
  before: userSteps,
  head: fc.constantFrom('branch', 'detached', 'unborn'),
  ignores: fc.boolean(),
  nested: fc.boolean(),
  hooks: fc.boolean(),
  worker: workerSteps,
  meanwhile: fc.constantFrom('nothing', 'nothing', 'commits', 'switches', 'edits'),
  isGood: fc.boolean(),
  /** The call to git before which the runner dies; 0: it does not. */
  diesAt: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 55 })),
  editsAfterDeath: fc.boolean(),
});
type Situation = typeof situation extends fc.Arbitrary<infer Value> ? Value : never;

let template: GitProject;
beforeAll(() => {
  template = new GitProject().init({ 'a.txt': 'a\n', 'dir/b.txt': 'b\n', 'dir/c.txt': 'c\n' });
});
afterAll(() => template.dispose());

describe('whatever happens in a repository, and wherever the runner dies,', () => {
  it.each(Array.from({ length: ROUNDS }, (_, round) => round + 1))(
    'no file is lost, good work stays and bad work goes (round %i)',
    async (round) => {
      const asked = { numRuns: Math.ceil(SITUATIONS / ROUNDS), endOnFailure: true };
      await fc.assert(fc.asyncProperty(situation, play), { ...asked, seed: 20_261_128 + round });
    },
    600_000,
  );
});

async function play(facts: Situation): Promise<void> {
  const project = new GitProject();
  try {
    await playIn(project, facts);
  } finally {
    project.dispose();
  }
}

async function playIn(project: GitProject, facts: Situation): Promise<void> {
  prepare(project, facts);
  const seen = new Set<string>();
  const before = project.files();
  const ignored = new Set(listed(project, ['--ignored', '--exclude-standard']));
  const status = project.status();
  const looked = await project.look();
  const refused = await project.begin();
  expect(looked === null, `${looked} is what is said at the beginning: ${refused}`).toBe(
    refused === null,
  );
  expect(await project.begin(1, { dirtyStart: 'carry' })).toBeNull();
  expect(project.files(), 'a beginning touches nothing').toEqual(before);
  facts.worker.forEach((step) => take(project, step, true));
  meanwhile(project, facts.meanwhile);
  const after = project.files();
  await finishDespiteDeath(project, facts, seen);
  const finished = await project.finish(facts.isGood);
  const now = project.files();
  const kept = keptBlobs(project);
  const isKept = (path: string, content: string): boolean =>
    now[path] === content || kept.has(blobOf(content));
  for (const [path, content] of Object.entries(before)) {
    const isWorkers = after[path] !== content;
    const isSafe = ignored.has(path) ? isWorkers || now[path] === content : isKept(path, content);
    expect(isSafe, `what the user had in ${path}`).toBe(true);
  }
  const isEdited = seen.size > 0;
  for (const [path, content] of Object.entries(after)) {
    if (isEdited && EDITED.test(path)) {
      continue;
    }
    expect(isKept(path, content), `what the worker made of ${path}`).toBe(true);
  }
  for (const content of seen) {
    expect(
      isKept('a.txt', content) || isKept('new/after death', content),
      'what came after a death',
    ).toBe(true);
  }
  const warning = HOOK_FAILED.test(finished.warning ?? '') ? null : finished.warning;
  expect(await project.finish(facts.isGood), 'once more changes nothing').toEqual({
    ...{ ...finished, warning },
  });
  expect(project.files()).toEqual(now);
  const isQuiet = warning === null && facts.meanwhile === 'nothing' && seen.size === 0;
  if (isQuiet && facts.isGood) {
    expect(now, 'good work stays').toEqual(after);
  }
  if (isQuiet && !facts.isGood) {
    expect(countable(now, ignored), 'bad work goes').toEqual(countable(before, ignored));
    expect(project.status()).toBe(status);
  }
}

function prepare(project: GitProject, facts: Situation): void {
  if (facts.head === 'unborn') {
    project.git('init', '--quiet', '--initial-branch=main');
  } else {
    cpSync(template.directory, project.directory, { recursive: true, preserveTimestamps: true });
  }
  if (facts.head === 'detached') {
    project.git('checkout', '--quiet', '--detach');
  }
  if (facts.ignores) {
    project.write('.git/info/exclude', '.env\nbuild/\n');
    project.writeAll({ '.env': 'SECRET\n', 'build/o': 'object\n' });
  }
  if (facts.nested) {
    project.git('init', '--quiet', 'nested');
    project.write('nested/n.txt', 'n\n');
  }
  facts.before.forEach((step) => take(project, step, false));
  if (facts.hooks) {
    project.hook('prepare-commit-msg', 'echo "#1" | cat - "$1" > .git/new; mv .git/new "$1"');
    project.hook('commit-msg', 'printf "\\nSigned-off-by: U\\n" >> "$1"');
    project.hook('post-commit', 'git status --porcelain >> .git/told; exit 1');
  }
}

function take(project: GitProject, step: Step, isWorker: boolean): void {
  const git = (...args: string[]): void => {
    try {
      void (isWorker ? project.workersGit(...args) : project.git(...args));
    } catch {
      // Git may say no: to add what is not there, to stash where nothing was committed, …
    }
  };
  switch (step.do) {
    case 'write':
    case 'program':
      if (!isFolder(project, step.name)) {
        project.write(step.name, step.text, step.do === 'program' ? 0o755 : 0o644);
      }
      break;
    case 'remove':
      project.remove(step.name);
      break;
    case 'link':
      if (!isFolder(project, step.name)) {
        project.write(step.name, '');
        project.remove(step.name);
        symlinkSync('a.txt', project.path(step.name));
      }
      break;
    case 'stage':
      git('add', '--force', '--', step.name);
      break;
    case 'forget':
      git('rm', '--quiet', '--cached', '-r', '--', step.name);
      break;
    case 'commit':
      git('add', '--all');
      git('commit', '--quiet', '--message=by the worker');
      break;
    case 'reset':
      git('reset', '--quiet', '--hard');
      break;
    case 'clean':
      git('clean', '--quiet', '-fd');
      break;
    case 'stash':
      git('stash', '--quiet', '--include-untracked');
      break;
    default:
      git('add', '--all');
  }
}

/** Half of the time the worker leaves folders be, so that both is tried. */
function isFolder(project: GitProject, path: string): boolean {
  try {
    return path.length % 2 === 0 && lstatSync(project.path(path)).isDirectory();
  } catch {
    return false;
  }
}

function meanwhile(project: GitProject, what: Situation['meanwhile']): void {
  if (what === 'commits') {
    project.write('theirs.txt', 'theirs\n');
    project.git('add', 'theirs.txt');
    project.git('commit', '--quiet', '--message=by the user', '--', 'theirs.txt');
  } else if (what === 'switches') {
    project.git('symbolic-ref', 'HEAD', 'refs/heads/other');
  } else if (what === 'edits') {
    project.write('late.txt', 'edited meanwhile\n');
    chmodSync(project.path('late.txt'), 0o600);
  }
}

/** It is told once. */
const HOOK_FAILED = /^the work is committed, but the hook post-commit failed/;

/** Whoever edits a file takes what was in it away himself. */
const EDITED = /^(?:a\.txt|new)(?:$|\/)/;

class Died extends Error {}

/** The runner dies before one of its calls to git; then somebody may come by before the next one goes on. */
async function finishDespiteDeath(
  project: GitProject,
  { diesAt, isGood, editsAfterDeath }: Situation,
  seen: Set<string>,
): Promise<void> {
  if (diesAt === 0) {
    return;
  }
  // oxlint-disable-next-line typescript/unbound-method -- it is called with its own `this`
  const real = Git.prototype.ask;
  let left = diesAt;
  Git.prototype.ask = function ask(...args) {
    left -= 1;
    return left <= 0 ? Promise.reject(new Died()) : Reflect.apply(real, this, args);
  };
  try {
    await project.finish(isGood);
  } catch (error) {
    expect(error).toBeInstanceOf(Died);
    if (editsAfterDeath) {
      project.write('new/after death', 'after death\n');
      project.write('a.txt', 'edited after death\n');
      seen.add('after death\n').add('edited after death\n');
    }
  } finally {
    Git.prototype.ask = real;
  }
}

function listed(project: GitProject, which: readonly string[]): string[] {
  return project
    .git('ls-files', '-z', '--others', ...which)
    .split('\0')
    .filter(Boolean);
}

function countable(files: Record<string, string>, ignored: ReadonlySet<string>) {
  const isCounted = ([path]: [string, string]): boolean =>
    !ignored.has(path) && !IGNORED.includes(path);
  return Object.fromEntries(Object.entries(files).filter(isCounted));
}

/** Everything that some ref holds, the staged and the stashed included. */
function keptBlobs(project: GitProject): ReadonlySet<string> {
  const objects = project.git('rev-list', '--objects', '--all', '--indexed-objects', '--reflog');
  return new Set(objects.split('\n').map((line) => line.slice(0, 40)));
}

/** `content` as `files()` writes it. */
function blobOf(content: string): string {
  const data = Buffer.from(content.replace(/^(?:\+x |-> )/, ''), 'utf8');
  return createHash('sha1').update(`blob ${data.length}\0`).update(data).digest('hex');
}
