import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runProgram, type ProgramRun } from '../../src/notify/run-program.ts';
import { isAlive } from '../crash/end-project.ts';
import { eventually } from '../crash/crash-rig.ts';
import { temporaryFolder } from '../stores/temporary-folder.ts';
import { channelTo, notifierPlan } from './notifier-plan.ts';
import { notification } from './notifications.ts';

const NEVER = new AbortController().signal;

describe('a command', () => {
  it('gets the notification on stdin, in the workspace, with its words as they were written', async () => {
    const workspace = useScript('cat > got.json; echo "$2:$#" > words; pwd > place');
    const plan = notifierPlan([], { workspace });
    const told = notification();
    const sent = await channelTo(`command:./script.sh --to 'a; b $HOME'`, plan).send(told, NEVER);
    expect(sent).toEqual({ sent: true });
    const kept = (name: string): string => readFileSync(join(workspace, name), 'utf8');
    expect(JSON.parse(kept('got.json'))).toEqual(told);
    expect(kept('words')).toBe('a; b $HOME:2\n');
    expect(kept('place')).toBe(`${workspace}\n`);
  });

  it('that fails is told with the last line of its complaint, redacted', async () => {
    const workspace = useScript('echo first >&2; echo "password=hunter2hunter2" >&2; exit 3');
    const delivery = await run(workspace);
    expect(delivery).toMatchObject({ sent: false, isFinal: true });
    expect(JSON.stringify(delivery)).toContain('it exited with 3: password=');
    expect(JSON.stringify(delivery)).not.toContain('hunter2');
  });

  it('that reads nothing does not matter', async () => {
    const workspace = useScript('exit 0');
    expect(await run(workspace, { input: 'x'.repeat(1_000_000) })).toEqual({ sent: true });
  });

  it('that cannot be started is told', async () => {
    const workspace = temporaryFolder();
    writeFileSync(join(workspace, 'script.sh'), '#!/no/such/shell\n', { mode: 0o755 });
    expect(await run(workspace)).toMatchObject({ sent: false, isFinal: true });
  });

  it('that takes too long is killed with its group', async () => {
    const workspace = useScript('sleep 1000 & echo $! > child; wait');
    const delivery = await run(workspace, { limitMs: 500 });
    expect(delivery).toMatchObject({ sent: false, why: 'it ran for more than 0.5 s' });
    const child = Number(readFileSync(join(workspace, 'child'), 'utf8'));
    await eventually('its child is dead', () => !isAlive(child));
  });

  it('is killed with its group where the runner ends', async () => {
    const workspace = useScript('sleep 1000 & echo $! > child.new; mv child.new child; wait');
    const ending = new AbortController();
    const running = run(workspace, { signal: ending.signal });
    await eventually('it has a child', () => childOf(workspace) > 0);
    const child = childOf(workspace);
    ending.abort();
    expect(await running).toMatchObject({ why: 'the runner ended before it was done' });
    await eventually('its child is dead', () => !isAlive(child));
  });

  it('that leaves something in the background is done when it has ended itself', async () => {
    const workspace = useScript('sleep 1000 & echo $! > child');
    expect(await run(workspace)).toEqual({ sent: true });
    process.kill(childOf(workspace), 'SIGKILL');
  });
});

describe('the desktop', () => {
  it('is told by notify-send, with words that are no markup and no flags', async () => {
    const workspace = temporaryFolder();
    const program = join(workspace, 'notify-send');
    writeFileSync(program, `#!/bin/sh\nprintf '%s\\n' "$@" > "${workspace}/words"\n`, {
      mode: 0o755,
    });
    const environment = { PATH: `${workspace}:${process.env['PATH'] ?? ''}` };
    const plan = notifierPlan([], { environment });
    const told = notification({ title: '--hint', text: 'a <b> & c' });
    expect(await channelTo('desktop', plan).send(told, NEVER)).toEqual({ sent: true });
    const words = readFileSync(join(workspace, 'words'), 'utf8').trimEnd().split('\n');
    expect(words.slice(-3)).toEqual(['--', '--hint', 'a &lt;b&gt; &amp; c']);
    expect(words).toContain('critical');
  });

  it('that has no such program is told as a failure', async () => {
    const plan = notifierPlan([], { environment: { PATH: temporaryFolder() } });
    const delivery = await channelTo('desktop', plan).send(notification(), NEVER);
    expect(delivery).toMatchObject({ sent: false, isFinal: true });
  });
});

function useScript(script: string): string {
  const workspace = temporaryFolder();
  writeFileSync(join(workspace, 'script.sh'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return workspace;
}

function childOf(workspace: string): number {
  try {
    return Number(readFileSync(join(workspace, 'child'), 'utf8'));
  } catch {
    return 0;
  }
}

function run(workspace: string, facts: Partial<ProgramRun> = {}) {
  return runProgram({
    ...{ file: join(workspace, 'script.sh'), args: [], cwd: workspace, input: '' },
    env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin' },
    ...{ limitMs: 10_000, signal: NEVER, redact: notifierPlan().redactor.redact },
    ...facts,
  });
}
