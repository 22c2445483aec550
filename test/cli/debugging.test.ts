import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CliProject } from './cli-project.ts';
import { endProject } from '../crash/end-project.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** The second iteration fails; the third leaves none of its prompt to the fourth, which is logged. */
const AGENT = `
echo "did iteration $AUTOLOOP_ITERATION"
[ "$AUTOLOOP_ITERATION" != 3 ] || rm PROMPT.md
[ "$AUTOLOOP_ITERATION" != 2 ] || exit 3`;

/** What they print, where it is more than something. */
const PRINTED: readonly (readonly [command: RegExp, printed: RegExp])[] = [
  [/^tail -f .*jq/, /"iteration_end",4\]/],
  [/^tail -f .*loop\.log/, /PROMPT\.md does not exist/],
  [/select\(\.event == "error"\)/, /"code":153/],
  [/exit_code != 0\) \| "\\\(\.iteration\) \\\(\.details\.outcome/, /^2 failed/m],
  [/details\.usage\.reason/, /^2 .*3/m],
  [/group_by\(\.\) \| map\(\{\(/, /"failed": 2/],
  [/json error-breakdown/, /"outcome":"failed","class":"agent","count":2/],
  [/json errors 3/, /"iteration":2/],
  [/^autoloop show 2/, /failed/],
  [/^cat .*000002\.log/, /did iteration 2/],
  [/attempt-1\/result\.json/, /"exitCode": 3/],
  [/p50: /, /"n": 3,/],
  [/json durations/, /"count":4/],
  [/json daily/, /"count":4,"ok":2/],
  [/^cat .*summary\.json/, /"total_iterations": 4/],
  [/\.recent\[\]/, /\[2,"failed",/],
  [/--rebuild/, /"succeeded": 2/],
  [/gaps: /, /"gaps": 0/],
  [/^grep -n -v/, /no line is broken/],
  [/fromjson\?/, /\[2,"failed"\]/],
];

const commands = [
  ...readFileSync(join(ROOT, 'docs', 'debugging.md'), 'utf8').matchAll(/```sh\n([^]*?)```/g),
].flatMap(([, block = '']) => block.trim().split('\n'));

describe.skipIf(!hasJq())(
  'the commands of docs/debugging.md (skipped where there is no jq)',
  () => {
    const project = new CliProject(AGENT);

    beforeAll(async () => {
      await project.callLoop('once');
      await project.steer('rotate', '--events');
      const { code, err } = await project.callLoop('run', '--interval', '0', '--max', '3');
      expect(code, err).toBe(0);
      recordShortage(project);
    });
    afterAll(() => endProject(project));

    it('are there', () => {
      expect(commands.length).toBeGreaterThan(30);
      const unused = PRINTED.filter(([command]) => !commands.some((line) => command.test(line)));
      expect(unused).toEqual([]);
    });

    it.each(commands)('%s', async (command) => {
      const { out, err, code } = await printed(project, command);
      expect([err, code], out).toEqual(['', isFollowing(command) ? null : codeOf(command)]);
      expect(out.trim()).not.toBe('');
      for (const [of, words] of PRINTED) {
        if (of.test(command)) {
          expect(out).toMatch(words);
        }
      }
    });
  },
);

/** What a loop records that is ended by a full disk. */
function recordShortage(project: CliProject): void {
  const [last] = project.eventsNamed('loop_end').slice(-1);
  const details = { code: 153, message: 'Only 12 MB are free.', fix: 'Make room.', fatal: true };
  const event = { ...last, event: 'error', details, seq: (last?.seq ?? 0) + 1 };
  appendFileSync(project.data('events.ndjson'), `${JSON.stringify(event)}\n`);
}

/** What follows for ever is ended once it has printed something. */
async function printed(project: CliProject, command: string) {
  const child = spawn('bash', ['-o', 'pipefail', '-c', command], {
    cwd: project.directory,
    env: {
      PATH: `${join(ROOT, 'bin')}:${dirname(process.execPath)}:${process.env['PATH']}`,
      HOME: project.directory,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let [out, err] = ['', ''];
  const enough = PRINTED.find(([of]) => of.test(command))?.[1] ?? /./;
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    if (isFollowing(command) && enough.test(out)) {
      process.kill(-(child.pid ?? 0), 'SIGTERM');
    }
  });
  const [code] = await once(child, 'close');
  return { out, err, code };
}

/** The loop of the test does not run. */
function codeOf(command: string): number {
  return command.startsWith('autoloop status') ? 3 : 0;
}

function isFollowing(command: string): boolean {
  return /tail -f|--follow/.test(command);
}

function hasJq(): boolean {
  try {
    execFileSync('jq', ['--version']);
    return true;
  } catch {
    return false;
  }
}
