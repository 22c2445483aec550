import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  findService,
  findServices,
} from '../../../tasks/resource-improvement/services/find-services.ts';
import { settings, type ResourceSettings } from '../../../tasks/resource-improvement/settings.ts';
import type { TaskContext } from '../../../src/task/context.ts';
import { contextOf } from '../../task/context-of.ts';
import { scratch } from '../../task/scratch.ts';

interface Scene {
  readonly context: TaskContext<ResourceSettings>;
  readonly logged: readonly string[];
}

function scene(
  files: Readonly<Record<string, string>>,
  own: Partial<ResourceSettings> = {},
): Scene {
  const workspace = scratch(files);
  const logged: string[] = [];
  const log = (message: string): void => void logged.push(message);
  return { context: { ...contextOf({ workspace, log }), own: settings.parse(own) }, logged };
}

/** A program in the workspace. */
function script({ context }: Scene, name: string, body: string): void {
  writeFileSync(join(context.workspace, name), `#!/bin/sh\n${body}\n`);
  chmodSync(join(context.workspace, name), 0o755);
}

describe('where services come from', () => {
  it('is a command, whatever else there is', async () => {
    const used = scene({ 'resources.json': '["no"]', 'resources/api/x': '' }, { list: './list a' });
    script(used, 'list', 'echo api; echo "web stopped"; [ "$1" = a ]');
    expect(await findServices(used.context)).toEqual([
      service('api', { folder: 'resources/api' }),
      service('web', { running: false, state: 'stopped' }),
    ]);
  });

  it('is .vrooli/service.json, also with resources by name', async () => {
    const { context } = scene({
      '.vrooli/service.json': JSON.stringify({
        service: { name: 'shop' },
        resources: { storage: { redis: { enabled: true } }, ai: { whisper: { enabled: false } } },
      }),
      'resources.json': '["no"]',
    });
    expect(await findServices(context)).toEqual([
      service('redis', { category: 'storage' }),
      service('whisper', { enabled: false, category: 'ai' }),
    ]);
  });

  it('is resources.json where the former names none', async () => {
    const { context } = scene({
      '.vrooli/service.json': '{"service": {"name": "shop"}}',
      'resources.json': '[{"name": "redis", "running": true}]',
    });
    expect(await findServices(context)).toEqual([service('redis', { running: true })]);
  });

  it('is folders, as many as there are, of the folder that was set', async () => {
    const { context } = scene(
      {
        'services/web/a': '',
        'services/api/a': '',
        'services/.cache/a': '',
        'services/README.md': '',
      },
      { folder: 'services' },
    );
    expect(await findServices(context)).toEqual([
      service('api', { folder: 'services/api' }),
      service('web', { folder: 'services/web' }),
    ]);
  });

  it('is a file that was named', async () => {
    const { context } = scene(
      { 'compose.json': '{"services": {"web": {"build": {}}}}' },
      { file: 'compose.json' },
    );
    expect(await findServices(context)).toEqual([service('web')]);
  });

  it('may be narrowed to some', async () => {
    const { context } = scene({ 'resources.json': '["a", "b", "c"]' }, { only: 'c a' });
    expect((await findServices(context)).map(({ name }) => name)).toEqual(['a', 'c']);
    const wrong = scene({ 'resources.json': '["a", "b"]' }, { only: 'a x' });
    await expect(findServices(wrong.context)).rejects.toThrow(
      'the setting "only" names "x", which is none of: a, b',
    );
  });
});

describe('where there are no services', () => {
  it('says what was looked for, and what to set', async () => {
    const { context } = scene({ '.vrooli/service.json': '{}' });
    await expect(findServices(context)).rejects.toThrow(
      /^no services were found in \/\S+: \.vrooli\/service\.json holds none, there is no resources\.json, there is no resources\/\. Say where they are: --task-settings folder=services, file=PATH or list=/,
    );
  });

  it.each([
    ['exit 3', /^the command of the setting "list" \(\.\/list\) ended with exit code 3: no luck$/],
    ['exec sleep 60', /did not end within 1 s/],
    ['exec yes', /printed more than 1 MB/],
    ['exit 0', /printed names no service$/],
    ['echo "[1"', /printed is not understood: line 1 is no JSON$/],
  ])('as for a list command that does: %s', async (body, message) => {
    const commandTimeout = body.includes('sleep') ? 1 : 10;
    const used = scene({ 'resources.json': '["not this"]' }, { list: './list', commandTimeout });
    script(used, 'list', `echo "no luck" >&2; ${body}`);
    await expect(findServices(used.context)).rejects.toThrow(message);
  });

  it('as where the program of the list is missing', async () => {
    const { context } = scene({}, { list: 'no-such-program --all' });
    await expect(findServices(context)).rejects.toThrow(
      'the command of the setting "list" (no-such-program --all) cannot be started: there is no no-such-program',
    );
  });

  it.each([
    ['named and missing', {}, 'the setting "file" names mine.json, which cannot be read in'],
    ['broken', { 'mine.json': '{' }, 'mine.json is not understood: line 1 is no JSON'],
    ['empty', { 'mine.json': '[]' }, 'which holds no service'],
  ])('as in a file that is %s', async (_, files, message) => {
    const { context } = scene(files, { file: 'mine.json' });
    await expect(findServices(context)).rejects.toThrow(message);
  });

  it('as where .vrooli/service.json cannot be read as JSON: nothing else is taken instead', async () => {
    const { context } = scene({ '.vrooli/service.json': '{,', 'resources.json': '["a"]' });
    await expect(findServices(context)).rejects.toThrow('.vrooli/service.json is not understood: ');
  });
});

describe('what runs', () => {
  const FILE = {
    'resources.json': JSON.stringify([
      { name: 'api', running: true },
      { name: 'web', running: false },
      { name: 'job', enabled: false },
    ]),
  };

  it('is what the status command says now, whatever the list said; each service is there once', async () => {
    const used = scene(FILE, { status: './status' });
    script(
      used,
      'status',
      `echo '{"name":"api","running":false}'; echo '{"name":"web","running":true}'`,
    );
    expect(await findServices(used.context)).toEqual([
      service('api', { running: false }),
      service('web', { running: true }),
      service('job', { enabled: false, running: false, state: 'not running' }),
    ]);
    expect(used.logged).toEqual([]);
  });

  it.each([
    [
      'fails',
      'echo "no daemon" >&2; exit 1',
      /ended with exit code 1: no daemon: what runs is not known/,
    ],
    ['hangs', 'exec sleep 60', /did not end within 1 s/],
    ['prints garbage', 'echo "{]"', /is not understood/],
    ['speaks of others', 'echo "other running"', /told of none of the services/],
  ])(
    'is what the list says where the status command %s, and that is logged',
    async (_, body, words) => {
      const commandTimeout = body.includes('sleep') ? 1 : 10;
      const used = scene(FILE, { status: './status', commandTimeout });
      script(used, 'status', body);
      expect(await findServices(used.context)).toMatchObject([
        { name: 'api', running: true },
        { name: 'web', running: false },
        { name: 'job', running: null },
      ]);
      expect(used.logged).toEqual([expect.stringMatching(words)]);
    },
  );

  it('is asked of each service where the command has its name', async () => {
    const used = scene(
      { 'resources.json': '["api", "web", "job", "odd", "slow"]' },
      { status: './status --unit={target}', commandTimeout: 4 },
    );
    script(
      used,
      'status',
      `case "$1" in
        --unit=api) echo active;;
        --unit=web) echo inactive; exit 3;;
        --unit=job) echo '{"running": true, "status": "unhealthy"}';;
        --unit=odd) ;;
        *) exec sleep 60;;
      esac`,
    );
    expect(await findServices(used.context)).toMatchObject([
      { name: 'api', running: true, state: 'active' },
      { name: 'web', running: false, state: 'inactive' },
      { name: 'job', running: false, state: 'unhealthy' },
      { name: 'odd', running: true },
      { name: 'slow', running: null },
    ]);
    expect(used.logged).toEqual(['The status of slow: its command did not end within 4 s.']);
  });

  it('is asked of one alone where only that one counts', async () => {
    const used = scene({ 'resources.json': '["api", "web"]' }, { status: './status {target}' });
    script(used, 'status', 'echo "$1" >> asked');
    expect(await findService(used.context, 'web')).toEqual(service('web', { running: true }));
    expect(await findService(used.context, 'gone')).toBe(undefined);
    script(used, 'list', 'cat asked');
    const asked = await findServices({
      ...used.context,
      own: settings.parse({ list: './list' }),
    });
    expect(asked).toEqual([service('web')]);
  });

  it('is never asked through a shell: a name is one word, whatever it holds', async () => {
    const name = 'web;id>x`id`$(id)';
    const used = scene(
      { 'resources.json': JSON.stringify([name]) },
      { status: './status {target}' },
    );
    script(used, 'status', `[ "$1" = '${name}' ] && [ ! -e x ]`);
    expect(await findServices(used.context)).toEqual([service(name, { running: true })]);
  });
});

function service(name: string, facts: object = {}): object {
  const unknown = { running: null, state: null, category: null, folder: null };
  return { name, enabled: true, ...unknown, ...facts };
}
