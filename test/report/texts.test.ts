import { describe, expect, it } from 'vitest';
import {
  costText,
  countText,
  durationText,
  momentText,
  percentText,
} from '../../src/report/figure-text.ts';
import { html, scriptJson } from '../../src/report/page/markup.ts';
import { renderPage } from '../../src/report/page/render-page.ts';
import { renderMarkdown } from '../../src/report/render-markdown.ts';
import type { Report } from '../../src/report/report.ts';
import { ToldEvents } from './told-events.ts';

const HOSTILE = `</script><script>alert(1)</script><img src=x onerror="alert(2)">'\`\u202E`;

function report(told: ToldEvents): Report {
  const facts = { generated_at: '2026-11-24T10:00:00.000Z', version: '1.2.3', since: null };
  return { ...facts, zone: 'Europe/Berlin', loops: [told.report()] };
}

function hostile(): ToldEvents {
  const notice = {
    kind: HOSTILE,
    level: 'warning',
    state: 'raised',
    message: HOSTILE,
    advice: HOSTILE,
  };
  return new ToldEvents()
    .iterations(3, { outcome: 'failed', target: HOSTILE, reason: HOSTILE, said: HOSTILE })
    .add('anomaly', notice);
}

describe('a page', () => {
  const parts = { script: 'let a = "</script>";', style: 'b{}', hash: () => 'sha256-x' };

  it('has no markup of what anybody else wrote', () => {
    const page = renderPage(report(hostile()), parts);
    expect(page).not.toMatch(/<img|<script>alert|\u202E/);
    expect(page.match(/<\/script>/g)).toHaveLength(2);
    expect(page).toContain('&#60;img src=x');
  });

  it('names the hash of its own script and style, and lets nothing else in', () => {
    const hashed: string[] = [];
    const hash = (text: string): string => `sha256-${hashed.push(text)}`;
    const page = renderPage(report(hostile()), { ...parts, hash });
    const policy = /Content-Security-Policy"\s+content="([^"]*)"/.exec(page)?.[1] ?? '';
    expect(policy).toContain('default-src &#39;none&#39;');
    expect(policy).not.toContain('unsafe');
    for (const text of hashed) {
      expect(page).toMatch(/<(?:script|style)>/);
      expect(page).toContain(`>${text}</`);
    }
  });

  it('tells in words and tables what its charts show', () => {
    const told = new ToldEvents().iterations(3, { outcome: 'succeeded', cost: 1 });
    const page = renderPage(report(told), parts);
    expect(page.match(/role="img"\s+tabindex="0"\s+aria-label="[^"]{20,}"/g)).toHaveLength(4);
    expect(page.match(/<table>\s*<caption>/g)?.length).toBe(page.match(/<table>/g)?.length);
  });

  it('has a part for each loop and a table of all', () => {
    const one = report(new ToldEvents().iteration({ outcome: 'succeeded' }));
    const page = renderPage({ ...one, loops: [...one.loops, ...one.loops] }, parts);
    expect(page).toContain('href="#l1"');
    expect(page).toContain('id="l1"');
  });
});

describe('Markdown', () => {
  it('answers the four questions and names the figures', () => {
    const text = renderMarkdown(
      report(new ToldEvents().iterations(4, { outcome: 'succeeded', cost: 1 })),
    );
    expect(text).toContain('**Is it making progress?** ✅ Yes.');
    expect(text).toContain('| 4 | 100 % | $4.00 | $1.00 |');
  });

  it('has no link, picture, table cell or mention of what anybody else wrote', () => {
    const target = '![x](http://evil.example/p.png) | @someone <b>';
    const text = renderMarkdown(
      report(new ToldEvents().iterations(3, { outcome: 'failed', target })),
    );
    expect(text).toContain(String.raw`!\[x\](http:`);
    expect(text).not.toMatch(/http:\/\/|[^\\]\| @|@someone|[^\\]<b/);
  });
});

describe('markup', () => {
  it('escapes text, keeps markup, joins lists, leaves null out', () => {
    expect(html`<b title="${'"&'}">${[html`<i></i>`, '<', null, 3]}</b>`.text).toBe(
      '<b title="&#34;&#38;"><i></i>&#60;3</b>',
    );
  });

  it('has JSON that ends no script', () => {
    const { text } = scriptJson({ a: '</script><!--\u2028' });
    expect(text).not.toMatch(/[<>\u2028]/);
    expect(JSON.parse(text)).toEqual({ a: '</script><!--\u2028' });
  });
});

describe('figures in words', () => {
  it('are short, and never say all where something is missing', () => {
    expect([percentText(0.9999), percentText(1), percentText(0.034), percentText(null)]).toEqual([
      ...['99 %', '100 %', '3.4 %', '–'],
    ]);
    expect([countText(12_345), countText(340_000), countText(4.02e9)]).toEqual([
      ...['12\u202F345', '340k', '4.0B'],
    ]);
    expect([costText(0.0123), costText(12.5), costText(56_355.5)]).toEqual([
      ...['$0.0123', '$12.50', '$56\u202F356'],
    ]);
    expect([4.24, 48, 185, 7_500, 273_600].map(durationText)).toEqual([
      ...['4.2 s', '48 s', '3 m 05 s', '2 h 05 m', '3 d 4 h'],
    ]);
  });

  it('tell moments in the zone of the report', () => {
    expect(momentText('2026-07-01T22:30:00.000Z', 'Europe/Berlin')).toBe('2026-07-02 00:30');
  });
});
