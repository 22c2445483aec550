import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { beforeAll, afterAll, describe, expect, it } from 'vitest';
import { CliProject, killRunner, useProject, useStartedLoop } from './cli-project.ts';

const SECRET = 'correct-horse-battery-staple';

describe('a run that has ended', () => {
  const project = new CliProject('echo "it is $HARMLESS"; [ "$AUTOLOOP_ITERATION" = 1 ]');
  beforeAll(async () => {
    project.environment = { MY_SECRET: SECRET, HARMLESS: SECRET };
    const { code, err } = await project.callLoop('run', '--max', '2', '--interval', '0');
    expect(code, err).toBe(0);
  });
  afterAll(() => project.remove());

  it('is replayed to the very snapshot on disk', async () => {
    const { code, out, err } = await project.steer('replay');
    expect(code, err).toBe(0);
    expect(out).toMatch(/^Run \S+, kept by autoloop \d/);
    expect(out).toMatch(/^ {4}0 {2}\S+ {2}the run begins +idle$/m);
    expect(out).toMatch(/worker\.ended failed +summarizing\.validating$/m);
    expect(out).toMatch(
      /^Same: 1\d steps replayed, to the very snapshot on disk \(stopped, \w{16}\)\.\n$/m,
    );
  });

  it('is told to programs line by line', async () => {
    const { out } = await project.steer('replay', '--json');
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines[0]).toMatchObject({ start: 'new', n: 0, state: 'idle', same: true });
    expect(lines[1]).toMatchObject({
      ...{ n: 1, event: { type: 'loop.start' }, from: 'idle', state: 'selecting.gating' },
      ...{ taken: ['idle:loop.start:0'], same: true },
    });
    expect(lines.at(-2)).toMatchObject({ state: 'stopped' });
    expect(lines.at(-1)).toEqual({ run_id: project.events()[0]?.run_id, verdict: 'same' });
  });

  it('is replayed as far as is asked for', async () => {
    const { code, out } = await project.steer('replay', '--until', '3');
    expect(code).toBe(0);
    expect(out).toMatch(
      /^ {4}3 {2}.* prompting\nSame so far: 3 steps replayed \(prompting, \w{16}\)\.\n$/m,
    );
  });

  it('is told by the diagram, in every form that has a place for it', async () => {
    const runId = project.events()[0]?.run_id;
    const json = await project.steer('graph', '--from-run', String(runId), '--format', 'json');
    expect(json.code, json.err).toBe(0);
    const { history } = JSON.parse(json.out);
    expect(history.transitions).toMatchObject({
      ...{ 'idle:loop.start:0': 1, 'running:worker.ended:3': 2 },
      'prompting:xstate.done.actor.composePrompt:1': 2,
    });
    expect(history.states).toMatchObject({ running: { entered: 2 }, stopped: { entered: 1 } });
    expect(history.states).not.toHaveProperty(['waiting.gate']);
    expect(history.states.running.seconds).toBeGreaterThan(0);
    const svg = await project.steer('graph', '--from-run', '--format', 'svg');
    expect(svg.out).toMatch(
      /class="row arrow taken-\d" data-edges="running:worker\.ended:3">.*?class="times"[^>]*>2</,
    );
    expect((await project.steer('graph', '--from-run')).out).toMatch(
      / : worker\.ended \[else\] 2×$/m,
    );
  });

  it('is told of the loop alone', async () => {
    for (const options of [
      ['--machine', 'attempt'],
      ['--format', 'stately'],
    ]) {
      const { code, err } = await project.steer('graph', '--from-run', ...options);
      expect([code, err]).toEqual([2, expect.stringContaining('--from-run')]);
    }
  });

  it('is the one that the snapshot tells of, whatever a clock that was set back named the others', async () => {
    const [name = ''] = readdirSync(project.data('journal'));
    const later = project.data('journal', '20990101T000000-aaaaaa.001.ndjson');
    copyFileSync(project.data('journal', name), later);
    const { out } = await project.steer('replay');
    rmSync(later);
    expect(out).toContain(`Run ${String(project.events()[0]?.run_id)}`);
    expect(out).toMatch(/^Same: .* to the very snapshot on disk/m);
  });

  it('is named where the one asked for has no journal', async () => {
    const { code, err } = await project.steer('replay', '--run', 'nobody');
    expect(code).toBe(150);
    expect(err).toContain('There is no journal of a run "nobody".');
    expect(err).toContain(project.events()[0]?.run_id);
  });

  it('is walked through on a terminal only', async () => {
    const { code, err } = await project.steer('replay', '--step');
    expect(code).toBe(2);
    expect(err).toContain('--step needs a terminal');
    const told = await project.onTerminal('replay', '--task', 'prompt', '--step', '--json').end;
    expect([told.code, told.out]).toEqual([2, expect.stringContaining('--json for programs')]);
  });

  it('is walked through step by step: what each was told, took and changed', async () => {
    const { child, end, printed } = project.onTerminal('replay', '--task', 'prompt', '--step');
    await expect.poll(printed, { timeout: 10_000 }).toContain('step 0 of 1');
    // Six at once, as from a key that is held down.
    child.stdin?.write('\u001B[B'.repeat(6));
    await expect.poll(printed, { timeout: 10_000 }).toContain('event     worker.ended');
    expect(printed()).toContain('state     running.working -> summarizing.validating');
    expect(printed()).toContain('taken     running:worker.ended:3');
    expect(printed()).toContain('          The attempt was the last of its iteration.');
    expect(printed()).toContain('step 6 of 1');
    expect(printed()).toMatch(/open\.outcome: null -> "(?:succeeded|failed)"/);
    expect(printed()).toContain('to the very snapshot on disk');
    child.stdin?.write('G');
    await expect
      .poll(printed, { timeout: 10_000 })
      .toContain('event     xstate.done.actor.cleanUp');
    child.stdin?.write('k');
    await expect
      .poll(printed, { timeout: 10_000 })
      .toContain('event     xstate.done.actor.drainWorkers');
    child.stdin?.write('q');
    expect((await end).code).toBe(0);
  });

  it('replays on another machine from an archive without a secret', async () => {
    const made = await project.steer('bundle', '--json');
    const { path, files } = JSON.parse(made.out);
    expect(files).toEqual(
      expect.arrayContaining(['bundle.json', 'snapshot.json', 'events.ndjson', 'loop.log']),
    );
    const archive = unzipSync(readFileSync(path));
    const all = Object.values(archive)
      .map((bytes) => new TextDecoder().decode(bytes))
      .join('');
    expect(all).not.toContain(SECRET);
    expect(all).toContain('[REDACTED');
    expect(JSON.parse(new TextDecoder().decode(archive['bundle.json']))).toMatchObject({
      ...{ format: 1, loop: 'prompt', status: { state: 'stopped' } },
      settings: { settings: { max: 2 } },
    });

    const elsewhere = mkdtempSync(join(tmpdir(), 'autoloop-elsewhere-'));
    const hostile = join(elsewhere, 'hostile.zip');
    writeFileSync(hostile, zipSync({ ...archive, 'journal/../../evil.001.ndjson': strToU8('x') }));
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('autoloop-bundle-'));
    for (const file of [path, hostile]) {
      const { code, out, err } = await project.call('--root', elsewhere, 'replay', '--from', file);
      expect(code, err).toBe(0);
      expect(out).toMatch(/^Same: 1\d steps replayed, to the very snapshot on disk/m);
    }
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('autoloop-bundle-'))).toEqual(
      before,
    );
    for (const [file, exitCode, reason] of [
      ['PROMPT.md', 156, 'is no archive'],
      [elsewhere, 156, 'it is a folder'],
      ['none.zip', 150, 'none.zip does not exist'],
    ] as const) {
      const { code, err } = await project.call('replay', '--from', file);
      expect([code, err]).toEqual([exitCode, expect.stringContaining(reason)]);
    }
    rmSync(elsewhere, { recursive: true });
  });

  it('is written where it can be, and never on a terminal', async () => {
    const nowhere = await project.steer('bundle', '-o', 'none/bundle.zip');
    expect([nowhere.code, nowhere.err]).toEqual([155, expect.stringContaining('with -o')]);
    const shown = await project.onTerminal('bundle', '--task', 'prompt', '-o', '-').end;
    expect([shown.code, shown.out]).toEqual([2, expect.stringContaining('-o FILE')]);
  });

  it('is found to differ where somebody has changed the snapshot, or the journal', async () => {
    const path = project.data('snapshot.json');
    const snapshot = readFileSync(path, 'utf8');
    writeFileSync(path, snapshot.replace('"iterations":2', '"iterations":3'));
    const changed = await project.steer('replay');
    expect([changed.code, changed.out]).toEqual([
      156,
      expect.stringContaining('Different: no step leads to the snapshot on disk.'),
    ]);
    writeFileSync(path, snapshot);

    const [name = ''] = readdirSync(project.data('journal'));
    const journal = readFileSync(project.data('journal', name), 'utf8');
    writeFileSync(
      project.data('journal', name),
      journal.replace('"outcome":"failed"', '"outcome":"succeeded"'),
    );
    const { code, out } = await project.steer('replay', '--json');
    expect(code).toBe(156);
    expect(JSON.parse(out.trim().split('\n').at(-1) ?? '')).toMatchObject({
      verdict: 'differs',
      at: { event: { type: 'worker.ended' }, same: false },
    });

    // From an archive of somebody else it may say anything.
    const steering = '\\u001b]0;owned\\u0007';
    writeFileSync(
      project.data('journal', name),
      journal
        .replace(/"autoloop":"/, `"autoloop":"${steering}`)
        .replaceAll(/"(state|hash)":"/g, `"$1":"${steering}`),
    );
    const said = await project.steer('replay');
    expect(said.code).toBe(156);
    expect(said.out).toContain('the journal says ]0;owned');
    // oxlint-disable-next-line no-control-regex -- it is what must not be there
    expect(said.out).not.toMatch(/[\u0007\u001B]/);
    writeFileSync(project.data('journal', name), journal);
  });
});

describe('a run that goes on', () => {
  it('is replayed while it does, and over the death of its runner', async () => {
    const project = await useStartedLoop('--max', '1');
    expect((await project.steer('replay')).out).toMatch(/^Same: 5 steps .* \(running\.working,/m);
    await killRunner(project);
    project.letFinish(1);
    expect((await project.callLoop('run', '--max', '1')).code).toBe(0);
    const { code, out } = await project.steer('replay');
    expect(code).toBe(0);
    expect(out).toMatch(/^ {4}5 {2}\S+ {2}another runner goes on +running\.working$/m);
    expect(out).toMatch(/^Same: /m);
  });

  it('is nothing to replay before it begins', async () => {
    const project = useProject();
    for (const command of ['replay', 'bundle']) {
      const { code, err } = await project.steer(command);
      expect([code, err]).toEqual([0, expect.stringContaining('has no journal yet')]);
    }
    const { code, out } = await project.onTerminal('report', '--task', 'prompt').end;
    expect([code, out]).toEqual([0, expect.stringContaining('has no iterations yet')]);
    expect(out).not.toContain('Cannot write');
  });
});
