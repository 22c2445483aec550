import { describe, expect, it } from 'vitest';
import {
  containerIn,
  parseServices,
  servicesIn,
} from '../../../tasks/resource-improvement/services/parse-services.ts';
import { isRunningState } from '../../../tasks/resource-improvement/services/read-state.ts';

const UNKNOWN = { enabled: null, running: null, state: null, category: null };

describe('services that a command prints', () => {
  it('are names in lines, with a state behind them or not', () => {
    expect(parseServices('# all\napi\n\n  web   running\ncache: exited (1)\n')).toEqual([
      { ...UNKNOWN, name: 'api' },
      { ...UNKNOWN, name: 'web', running: true, state: 'running' },
      { ...UNKNOWN, name: 'cache', running: false, state: 'exited (1)' },
    ]);
  });

  it('are a list of names or objects, whatever the case of their keys', () => {
    const listed = [
      'api',
      { Name: 'web', Enabled: true, Running: 'false', Status: 'stopped', Category: 'ui' },
      { id: 'cache', disabled: true },
      { nothing: 1 },
      7,
    ];
    expect(parseServices(JSON.stringify(listed))).toEqual([
      { ...UNKNOWN, name: 'api' },
      { name: 'web', enabled: true, running: false, state: 'stopped', category: 'ui' },
      { ...UNKNOWN, name: 'cache', enabled: false },
    ]);
  });

  it('are what docker compose ps prints, a JSON object per line, called by their service', () => {
    const lines = [
      { Name: 'shop-web-1', Service: 'web', State: 'running', Health: 'unhealthy' },
      { Name: 'shop-db-1', Service: 'db', State: 'running', Health: '' },
      { Name: 'shop-job-1', Service: 'job', State: 'exited', ExitCode: 1 },
    ];
    const text = lines.map((line) => JSON.stringify(line)).join('\n');
    expect(parseServices(text)).toMatchObject([
      { name: 'web', running: false, state: 'running (unhealthy)' },
      { name: 'db', running: true },
      { name: 'job', running: false },
    ]);
    expect(parseServices(JSON.stringify(lines[1]))).toMatchObject([{ name: 'db', running: true }]);
  });

  it('are what systemctl prints as JSON', () => {
    const unit = { unit: 'api.service', load: 'loaded', active: 'active', sub: 'running' };
    expect(parseServices(JSON.stringify([unit]))).toMatchObject([
      { name: 'api.service', running: true, state: 'active' },
    ]);
  });

  it('are each there once: of copies the one that does not run counts', () => {
    const copies = [
      { Service: 'web', State: 'running' },
      { Service: 'web', State: 'exited', category: 'ui' },
      { Service: 'web', State: 'running' },
    ];
    expect(parseServices(JSON.stringify(copies))).toEqual([
      { name: 'web', enabled: null, running: false, state: 'exited', category: 'ui' },
    ]);
  });

  it('do not run well where they contradict themselves', () => {
    const text = JSON.stringify([{ name: 'web', running: true, status: 'stopped' }]);
    expect(parseServices(text)).toMatchObject([{ running: false, state: 'stopped' }]);
  });

  it('are none where the name could be an option, or no word', () => {
    expect(parseServices('["-rf", "a b", "", "ok"]').map(({ name }) => name)).toEqual(['ok']);
  });

  it('are refused where what begins as JSON is none', () => {
    expect(() => parseServices('{"a": 1}\n{"b"')).toThrow('line 2 is no JSON');
    expect(() => parseServices('[1, 2')).toThrow('line 1 is no JSON');
    expect(parseServices('')).toEqual([]);
    expect(parseServices('3')).toMatchObject([{ name: '3' }]);
  });
});

describe('services in a document', () => {
  const NAMES = { db: { enabled: true }, cache: { enabled: false, port: 6379 } };
  const KNOWN = [
    { ...UNKNOWN, name: 'db', enabled: true },
    { ...UNKNOWN, name: 'cache', enabled: false },
  ];

  it.each([
    ['resources by name', { service: { name: 'shop' }, resources: NAMES }],
    ['services by name', { version: '1', services: NAMES }],
    ['resources among dependencies', { dependencies: { resources: NAMES, scenarios: {} } }],
  ])('are found as %s', (_, document) => {
    expect(servicesIn(containerIn(document))).toEqual(KNOWN);
    expect(parseServices(JSON.stringify(document))).toEqual(KNOWN);
  });

  it('are found in categories', () => {
    const resources = {
      ai: { ollama: { enabled: true }, whisper: { enabled: false, config: {} } },
      storage: ['redis', { name: 'qdrant', enabled: true }],
    };
    expect(servicesIn(containerIn({ resources }))).toEqual([
      { ...UNKNOWN, name: 'ollama', enabled: true, category: 'ai' },
      { ...UNKNOWN, name: 'whisper', enabled: false, category: 'ai' },
      { ...UNKNOWN, name: 'redis', category: 'storage' },
      { ...UNKNOWN, name: 'qdrant', enabled: true, category: 'storage' },
    ]);
  });

  it('may be nothing but a name with a word, and what they hold is no service', () => {
    const resources = {
      db: true,
      mail: false,
      web: 'running',
      queue: { config: { a: {} } },
      x: null,
    };
    expect(servicesIn(resources)).toEqual([
      { ...UNKNOWN, name: 'db', enabled: true },
      { ...UNKNOWN, name: 'mail', enabled: false },
      { ...UNKNOWN, name: 'web', running: true, state: 'running' },
      { ...UNKNOWN, name: 'queue' },
      { ...UNKNOWN, name: 'x' },
    ]);
  });

  it('are not what the document says of itself', () => {
    const document = { $schema: 'https://…', version: 2, description: 'ours', web: 'purple', n: 1 };
    expect(servicesIn(document)).toEqual([{ ...UNKNOWN, name: 'web', state: 'purple' }]);
  });

  it('are none where there is no place for them', () => {
    expect(containerIn({ service: { name: 'shop' }, version: '2' })).toBe(null);
    expect(servicesIn(null)).toEqual([]);
  });
});

describe('the words for a state', () => {
  it.each(['running', 'Up 3 hours', 'Up 3 hours (healthy)', 'active', 'online', 'started', 'OK'])(
    'that it runs: %s',
    (state) => {
      expect(isRunningState(state)).toBe(true);
    },
  );

  it.each([
    'stopped',
    'Exited (137) 2 days ago',
    'inactive',
    'not_running',
    'not running',
    'dead',
    'paused',
    'Up 3 hours (unhealthy)',
    'restarting',
    'CrashLoopBackOff',
    'failed',
    'activating (error)',
  ])('that it does not, or not well: %s', (state) => {
    expect(isRunningState(state)).toBe(false);
  });

  it.each(['', 'purple', 'activating', 'upgraded'])('that say nothing: %s', (state) => {
    expect(isRunningState(state)).toBe(null);
  });
});
