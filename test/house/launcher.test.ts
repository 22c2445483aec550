import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

/** Stands in for the CLI: tells how it was started. */
const CLI = `console.log(JSON.stringify({
  pid: process.pid, cwd: process.cwd(), args: process.argv.slice(2), flags: process.execArgv, env: process.env,
}));`;

test('hands every argument on, as it is', () => {
  const args = ['run', '--prefix', 'two words', '', '*', "it's"];
  expect(start(installation(), { args }).args).toEqual(args);
});

test('becomes the CLI instead of starting it', () => {
  const pid = execFileSync('/bin/sh', [
    '-c',
    'echo $$; exec "$0"',
    `${installation()}/bin/autoloop`,
  ]);
  const [shell = '', cli = ''] = pid.toString().split('\n');
  expect(JSON.parse(cli).pid).toBe(Number(shell));
});

test('is found through symbolic links, relative ones too', () => {
  const root = installation();
  mkdirSync(`${root}/links`);
  symlinkSync('../bin/autoloop', `${root}/links/second`);
  symlinkSync(`${root}/links/second`, `${root}/links/first`);
  expect(start(root, { program: `${root}/links/first`, args: ['x'] }).args).toEqual(['x']);
});

test('works from a folder whose name has spaces, and leaves the current folder alone', () => {
  expect(start(installation('a b')).cwd).toBe(realpathSync(tmpdir()));
});

test('keeps the heap small and the warnings of sqlite and type stripping away', () => {
  expect(start(installation()).flags).toEqual([
    '--max-semi-space-size=1',
    '--disable-warning=ExperimentalWarning',
  ]);
});

test("is not broken by the user's NODE_OPTIONS, and hands them on", () => {
  const { env } = start(installation(), { env: { NODE_OPTIONS: '--not-a-flag' } });
  expect(env['NODE_OPTIONS']).toBeUndefined();
  expect(env['AUTOLOOP_NODE_OPTIONS']).toBe('--not-a-flag');
});

test("keeps its compile cache in the user's cache folder", () => {
  const home = folder();
  expect(start(installation(), { env: { HOME: home } }).env['NODE_COMPILE_CACHE']).toBe(
    `${home}/.cache/autoloop/node`,
  );
  expect(readdirSync(`${home}/.cache/autoloop/node`)).not.toEqual([]);
  const xdg = start(installation(), { env: { HOME: home, XDG_CACHE_HOME: `${home}/xdg` } });
  expect(xdg.env['NODE_COMPILE_CACHE']).toBe(`${home}/xdg/autoloop/node`);
});

test('does without a compile cache where there is no home', () => {
  expect(start(installation(), { env: {} }).env['NODE_COMPILE_CACHE']).toBeUndefined();
});

test.each(['/proc/nowhere', '/dev/null', '/sys'])('starts where the home is %s', (home) => {
  expect(start(installation(), { env: { HOME: home } }).env['NODE_COMPILE_CACHE']).toBeUndefined();
});

test('says how to build it', () => {
  const root = installation();
  rmSync(`${root}/dist`, { recursive: true });
  expect(refusal(root)).toBe('autoloop is not built yet. Build it: npm ci && npm run build\n');
});

test('asks for the Node that package.json asks for', () => {
  expect(JSON.parse(readFileSync('package.json', 'utf8')).engines.node).toBe(
    '^22.18 || ^24.11 || >=26',
  );
});

test.each(['22.18.0', '22.21.1', '24.11.0', '24.21.0', '26.0.0', '30.1.0'])(
  'takes Node %s from PATH',
  (version) => {
    const root = installation();
    rmSync(`${root}/node_modules`, { recursive: true });
    const path = `${fakeNode(version)}:/usr/bin:/bin`;
    expect(start(root, { env: { PATH: path }, args: ['x'] }).args).toEqual(['x']);
  },
);

test.each(['18.20.8', '20.20.2', '22.9.0', '22.17.1', '23.11.0', '24.2.0', '24.10.0', '25.9.0'])(
  'refuses Node %s, and says what to do',
  (version) => {
    const root = installation();
    rmSync(`${root}/node_modules`, { recursive: true });
    expect(refusal(root, { PATH: `${fakeNode(version)}:/usr/bin:/bin` })).toBe(
      `autoloop needs Node 22.18, 24.11 or 26 and newer; found: v${version}.\n` +
        'Install a newer Node, then try again: https://nodejs.org/en/download\n',
    );
  },
);

test('says so when there is no Node at all; in a checkout the lock file brings one', () => {
  const root = installation();
  rmSync(`${root}/node_modules`, { recursive: true });
  mkdirSync(`${root}/bin/runtime`);
  expect(refusal(root, { PATH: folder() })).toBe(
    'autoloop needs Node 22.18, 24.11 or 26 and newer; found: none on PATH.\n' +
      'Install the Node that comes with this checkout: npm ci\n',
  );
});

/** An installed autoloop with a bundled Node. */
function installation(name = 'autoloop'): string {
  const root = join(folder(), name);
  cpSync('bin', `${root}/bin`, { recursive: true, filter: (path) => !path.endsWith('runtime') });
  mkdirSync(`${root}/dist`);
  for (const program of ['cli', 'run']) {
    writeFileSync(`${root}/dist/${program}.cjs`, CLI);
  }
  const architecture = process.arch === 'arm64' ? 'arm64' : 'x64';
  const bundled = `${root}/node_modules/node-linux-${architecture}/bin`;
  mkdirSync(bundled, { recursive: true });
  symlinkSync(process.execPath, `${bundled}/node`);
  return root;
}

/** A folder for PATH with a Node that says it is of that version. */
function fakeNode(version: string): string {
  const place = folder();
  const program = `#!/bin/sh\n[ "$1" = --version ] && echo v${version} || exec "${process.execPath}" "$@"\n`;
  writeFileSync(`${place}/node`, program);
  chmodSync(`${place}/node`, 0o755);
  return place;
}

interface Start {
  readonly program?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

interface Started {
  readonly cwd: string;
  readonly args: readonly string[];
  readonly flags: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

function start(
  root: string,
  { program = `${root}/bin/autoloop`, args = [], env }: Start = {},
): Started {
  const output = execFileSync(program, args, {
    cwd: tmpdir(),
    env: { PATH: '/usr/bin:/bin', ...env },
    timeout: 9000,
  });
  return JSON.parse(output.toString());
}

/** What it says when it does not start. */
function refusal(root: string, env: Readonly<Record<string, string>> = {}): string {
  const { status, stdout, stderr } = spawnSync('/bin/sh', [`${root}/bin/autoloop`], { env });
  expect({ status, stdout: stdout.toString() }).toEqual({ status: 1, stdout: '' });
  return stderr.toString();
}

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'autoloop-launcher-'));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}
