import { createHmac } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useReceiver, type Receiver } from '../notify/receiver.ts';
import { useProject, type CliProject } from './cli-project.ts';

const AT_ONCE = ['--interval', '0'] as const;
const KEY = 'T0000/B0000/k3y0fth1sw0rksp4c3';
const CANARY = 'canary-4711-in-the-coal-mine';
const SIGNED_WITH = 'a secret that nobody else has';

describe('a loop with targets', () => {
  it('tells each of them how it ended', async () => {
    const project = useProject('env > seen; echo done');
    project.write('tell.sh', '#!/bin/sh\ncat > told.json\nenv > told.env\n');
    chmodSync(project.path('tell.sh'), 0o755);
    const receiver = await useReceiver();
    const host = receiver.url.slice('http://'.length);
    project.environment = { AUTOLOOP_NOTIFY_SECRET: SIGNED_WITH, THE_API_KEY: CANARY };
    const targets = [
      ...[`${receiver.url}/hook`, `slack:${receiver.url}/services/${KEY}`, `ntfy://${host}/topic`],
      'command:./tell.sh',
    ];
    const flags = ['--max', '2', ...AT_ONCE, '--notify', targets.join(',')];
    const { code, err } = await project.callLoop('run', ...flags);
    expect(code, err).toBe(0);
    const [hook, slack, ntfy] = ['/hook', '/services', '/topic'].map((path) =>
      receiver.received.find((request) => request.path.startsWith(path)),
    );
    expect(receiver.received).toHaveLength(3);
    const told = JSON.parse(hook?.body ?? '');
    const [ended] = project.eventsNamed('loop_end');
    expect(told).toMatchObject({
      ...{ type: 'autoloop.notification', version: 1, kind: 'end', reason: 'max_iterations' },
      ...{ loop: 'prompt', exit_code: 0, command: 'autoloop iterations --task prompt' },
      figures: { iterations: 2, succeeded: 2, failed: 0, success_rate: 1 },
      ...{ id: `${ended?.run_id}-${ended?.seq}`, event: ended },
    });
    expect(told.text).toMatch(
      /^Loop "prompt" on \S+ has ended: it has done its 2 iterations \(--max\); 2 of 2 iterations succeeded/,
    );
    expect(JSON.parse(slack?.body ?? '').text).toContain(told.text);
    expect(ntfy?.body).toBe(told.text);
    expect(JSON.parse(read(project, 'told.json'))).toEqual(told);
    const signed = `${told.id}.${String(hook?.headers['webhook-timestamp'])}.${hook?.body}`;
    const expected = createHmac('sha256', SIGNED_WITH).update(signed).digest('base64');
    expect(hook?.headers['webhook-signature']).toBe(`v1,${expected}`);
    for (const file of ['seen', 'told.env']) {
      expect(read(project, file)).not.toMatch(/AUTOLOOP_NOTIFY|THE_API_KEY|canary/);
    }
  });

  it('tells of an open breaker and of a cap, and no secret with it', async () => {
    const project = useProject(`echo "it does not work with ${CANARY} and ${KEY}" >&2; exit 1`);
    const receiver = await useReceiver();
    project.environment = {
      ...{ THE_API_KEY: CANARY, AUTOLOOP_NOTIFY_SECRET: SIGNED_WITH },
      AUTOLOOP_NOTIFY: `${receiver.url}/services/${KEY}`,
    };
    const asked = ['--notify-on', 'breaker,cap'] as const;
    const flags = ['--max-failures', '4', '--breaker-cooldown', '1', ...AT_ONCE, ...asked];
    expect((await project.callLoop('run', ...flags)).code).toBe(158);
    expect(bodies(receiver).map(({ kind }) => kind)).toEqual(['breaker', 'cap']);
    expect(bodies(receiver)[0]?.text).toMatch(/has stopped trying: the same error came 3 times/);
    expect(bodies(receiver)[1]?.text).toMatch(/4 failures in a row \(--max-failures\)/);
    const sent = receiver.received.map(({ headers, body }) => JSON.stringify({ headers, body }));
    expect(sent.join('\n')).toContain('it does not work with [REDACTED');
    for (const secret of [CANARY, SIGNED_WITH, 'k3y0fth1sw0rksp4c3']) {
      expect(sent.join('\n')).not.toContain(secret);
      expect(sent.join('\n')).not.toContain(Buffer.from(secret).toString('base64').slice(0, -4));
    }
  });

  it('tries again what fails at the end of the run, as long as there is time', async () => {
    const project = useProject('echo done');
    const receiver = await useReceiver(500, 503, 200);
    const { code } = await project.callLoop('run', '--max', '1', '--notify', receiver.url);
    expect(code).toBe(0);
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(1);
    expect(project.eventsNamed('warning')).toEqual([]);
  });
});

describe('a target that does not answer', () => {
  it.each([
    { how: 'hangs', flags: ['--max', '1'], code: 0, why: /the runner ended before it answered/ },
    { how: 'is not there', flags: ['--max', '1'], code: 0, why: /it refused the connection/ },
    {
      ...{ how: 'is not there, for several', code: 158, why: /it refused the connection/ },
      flags: ['--max-failures', '4', '--breaker-cooldown', '1'],
    },
  ])('and $how does no harm to the loop, and is told once', async ({ how, flags, code, why }) => {
    const project = useProject(code === 0 ? 'echo done' : 'exit 1');
    const hanging = await useReceiver('hangs');
    const url = how === 'hangs' ? hanging.url : 'http://127.0.0.1:1';
    const target = `${url}/services/${KEY}`;
    const called = await project.callLoop('run', ...AT_ONCE, ...flags, '--notify', target);
    expect(called.code, called.err).toBe(code);
    const warnings = project.eventsNamed('warning').map(({ details }) => details);
    expect(warnings).toEqual([{ code: 'notify_failed', message: expect.stringMatching(why) }]);
    expect(project.eventsNamed('iteration_end').length).toBe(code === 0 ? 1 : 4);
    expect(JSON.stringify(warnings)).toContain(`${url}/…`);
  });
});

describe('what targets hold', () => {
  it('is shown nowhere', async () => {
    const project = useProject(`echo "posted to ${KEY}"`);
    const receiver = await useReceiver();
    const target = `slack:${receiver.url}/services/${KEY},http://ada:${CANARY}@127.0.0.1:1/`;
    const calls = [
      await project.callLoop('dry-run', '--notify', target),
      await project.callLoop('dry-run', '--json', '--notify', target),
      await project.callLoop('run', '-v', '--max', '1', '--notify', target),
      await project.steer('status'),
      await project.steer('status', '--json'),
      await project.steer('events', '--json'),
      await project.call('config', 'set', 'notify', target),
      await project.call('config', 'set', 'notify', `slak:${KEY}`),
      await project.call('config', 'list', '--json'),
      await project.callLoop('run', '--notify', `slak:https://h/${KEY}`),
      await project.call('health', '--task', 'prompt', '--prompt', 'PROMPT.md'),
      await project.call('notify', '--test'),
    ];
    const shown = calls.map(({ out, err }) => out + err).join('\n');
    expect(shown).toContain(`slack:${receiver.url}/…`);
    for (const secret of ['k3y0fth1sw0rksp4c3', CANARY]) {
      expect(shown).not.toContain(secret);
      expect(filesWith(project.data(), secret)).toEqual([]);
    }
  });
});

describe('a wrong target', () => {
  it.each([
    ['smtp://host/x', /"smtp" is no kind of target/],
    ['command:./nobody.sh --fast', /command:\.\/nobody\.sh … was not found.*chmod \+x/s],
    ['command:no-such-program', /was not found.*whole path/s],
    ['slack:hooks.slack.com', /slack needs a URL/],
    ['ntfy://ntfy.sh', /a host and a topic/],
  ])('%s stops everything before it begins', async (target, why) => {
    const project = useProject('echo done');
    for (const command of ['run', 'start', 'once']) {
      const { code, err } = await project.callLoop(command, '--notify', target);
      expect(code).toBe(150);
      expect(err).toMatch(why);
    }
    expect(project.has('began-1')).toBe(false);
    expect(project.events()).toEqual([]);
  });

  it('is an event that there is none of', async () => {
    const { code, err } = await useProject().callLoop('run', '--notify-on', 'end,crash');
    expect(code).toBe(150);
    expect(err).toContain('of end, breaker, limit, cap, anomaly');
  });
});

describe('notify --test', () => {
  it('tells what came of each target, by line and by exit code', async () => {
    const project = useProject();
    const receiver = await useReceiver(200);
    const all = await project.call('notify', '--test', '--notify', `${receiver.url}/hook`);
    expect(all).toMatchObject({ code: 0, out: expect.stringMatching(/^✓ http.*\/…  sent/) });
    expect(bodies(receiver)[0]).toMatchObject({ kind: 'test', loop: 'test', figures: null });
    const some = `${receiver.url}/hook,http://127.0.0.1:1/x`;
    const { code, out } = await project.call('notify', '--test', '--json', '--notify', some);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      targets: [
        { kind: 'webhook', ok: true, error: null },
        { target: 'http://127.0.0.1:1/…', ok: false, error: 'it refused the connection' },
      ],
    });
  });

  it('sends nothing where it is not asked to, or nobody is to be told', async () => {
    const project = useProject();
    const receiver = await useReceiver();
    expect((await project.call('notify', '--notify', receiver.url)).code).toBe(2);
    const { code, err } = await project.call('notify', '--test');
    expect(code).toBe(150);
    expect(err).toContain('autoloop notify --test --notify desktop');
    expect(receiver.received).toEqual([]);
  });
});

function bodies({ received }: Receiver): { readonly kind: string; readonly text: string }[] {
  return received.map(({ body }) => JSON.parse(body));
}

function read(project: CliProject, name: string): string {
  return readFileSync(project.path(name), 'utf8');
}

function filesWith(folder: string, secret: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => readFileSync(path, 'utf8').includes(secret));
}
