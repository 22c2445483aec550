import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskTargets, splitTargets } from '../../../src/domain/notification/target-list.ts';
import { targetSecrets } from '../../../src/domain/notification/target-secrets.ts';
import { parseTarget, targetLabel } from '../../../src/domain/notification/target.ts';

describe('a target', () => {
  it.each([
    ['desktop', { kind: 'desktop', label: 'desktop' }],
    ['https://host/hook', { kind: 'webhook', label: 'https://host/…', url: 'https://host/hook' }],
    ['http://host:8080', { kind: 'webhook', label: 'http://host:8080/' }],
    ['https://ada:pw@host/', { label: 'https://host/…', login: { user: 'ada', password: 'pw' } }],
    [
      'slack:https://hooks.slack.com/services/T0/B0/key',
      { kind: 'slack', label: 'slack:https://hooks.slack.com/…' },
    ],
    [
      'ntfy://ntfy.sh/alerts',
      { kind: 'ntfy', label: 'ntfy://ntfy.sh/…', url: 'https://ntfy.sh/alerts' },
    ],
    ['ntfy://localhost:8/a', { url: 'http://localhost:8/a', label: 'ntfy://localhost:8/…' }],
    ['ntfy:http://host/a', { url: 'http://host/a', label: 'ntfy:http://host/…' }],
    ['ntfy://tk_1@host/a', { url: 'https://host/a', login: { user: 'tk_1', password: '' } }],
    [
      'command:./notify.sh',
      { kind: 'command', label: 'command:./notify.sh', words: ['./notify.sh'] },
    ],
    [
      `command:say 'it is done' now`,
      { label: 'command:say …', words: ['say', 'it is done', 'now'] },
    ],
  ])('%s is one', (text, target) => {
    expect(parseTarget(text)).toMatchObject({ target });
  });

  it.each([
    ['htps://host/hook', /"htps" is no kind of target/],
    ['./notify.sh', /is no kind of target/],
    ['desktop2', /is no kind of target/],
    ['slack', /"slack" is no kind of target/],
    ['slack:hooks.slack.com/services/x', /slack needs a URL: slack:https:\/\/hooks/],
    ['slack:https://hooks.slack.com/', /the whole URL/],
    ['https://', /webhook needs a URL/],
    ['https://ho st/x', /webhook needs a URL/],
    ['ntfy://ntfy.sh', /a host and a topic/],
    ['ntfy://ntfy.sh/', /a host and a topic/],
    ['ntfy:alerts', /ntfy needs a URL/],
    ['command:', /needs a program/],
    [`command:say 'it`, /quotes that are closed/],
    ['https://host/…', /how autoloop shows a target/],
  ])('%s is none', (text, why) => {
    expect(parseTarget(text)).toEqual({ wrong: expect.stringMatching(why) });
  });
});

describe('a list of targets', () => {
  it('is parted by commas, but not by those in quotes', () => {
    expect(splitTargets(` desktop,, command:say "a, b" 'c,d' ,https://h/x `)).toEqual([
      ...['desktop', `command:say "a, b" 'c,d'`, 'https://h/x'],
    ]);
  });

  it('keeps a quote that is not closed, to be refused', () => {
    expect(splitTargets(`command:say 'a`)).toEqual([`command:say 'a`]);
  });
});

describe('what is shown', () => {
  const secret = fc.stringMatching(/^[a-z0-9]{12,30}$/).map((text) => `Zq9${text}`);
  const written = fc.constantFrom<(key: string) => string>(
    (key) => `https://host/${key}`,
    (key) => `https://${key}@host/hook`,
    (key) => `https://ada:${key}@host/hook?x=1`,
    (key) => `https://host/hook?key=${key}#${key}`,
    (key) => `slack:https://hooks.slack.com/services/T0/B0/${key}`,
    (key) => `ntfy://ntfy.sh/${key}`,
    (key) => `ntfy://:${key}@ntfy.sh/topic`,
    (key) => `command:./notify.sh --key ${key}`,
    // Slips of the pen:
    (key) => `htps://host/${key}`,
    (key) => `slack:${key}`,
    (key) => key,
    (key) => `https:/${key}`,
    (key) => `ntfy://${key}`,
  );

  it('never holds what may be secret, right or wrong', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(written, secret), { minLength: 1, maxLength: 4 }), (items) => {
        const text = items.map(([write, key]) => write(key)).join(',');
        const parsed = splitTargets(text).map(parseTarget);
        const wrong = parsed.flatMap((one) => ('wrong' in one ? [one.wrong] : []));
        for (const [, key] of items) {
          expect(maskTargets(text)).not.toContain(key);
          expect(wrong.join('\n')).not.toContain(key);
        }
      }),
    );
  });

  it('is the kind of a command whose quotes are not closed', () => {
    expect(maskTargets(`command:say 'Zq9secret`)).toBe('command…');
  });

  it('is refused where it is typed again, unless nothing was left out', () => {
    expect(parseTarget(targetLabel('https://host/hook'))).toHaveProperty('wrong');
    expect(parseTarget(targetLabel('https://host/'))).toHaveProperty('target');
    expect(parseTarget(targetLabel('desktop'))).toHaveProperty('target');
  });
});

describe('what is redacted of a target wherever it turns up', () => {
  it.each([
    ['https://ada:passpass@host/hook', ['passpass', 'https://host/hook'], ['ada', 'hook']],
    ['slack:https://s/services/T/B/abcdefgh1234', ['abcdefgh1234'], ['services']],
    ['ntfy://ntfy.sh/my-topic-4711', ['my-topic-4711', 'ntfy.sh/my-topic-4711'], []],
    ['ntfy://ntfy.sh/autoloop', ['ntfy.sh/autoloop'], ['autoloop']],
    ['command:./n.sh --key abcdef123456', ['abcdef123456'], ['./n.sh', '--key']],
  ])('%s', (text, hidden, open) => {
    const parsed = parseTarget(text);
    const secrets = 'target' in parsed ? targetSecrets(parsed.target) : [];
    expect(secrets).toEqual(expect.arrayContaining(hidden));
    open.forEach((word) => expect(secrets).not.toContain(word));
  });
});
