import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { edgesOf } from '../../src/inspect/edges.ts';
import { layOut } from '../../src/inspect/layout/lay-out.ts';
import { MACHINES } from '../../src/inspect/machines.ts';
import { renderSvg } from '../../src/inspect/svg/render-svg.ts';
import { nodesOf } from '../inspect/machine-chart.ts';
import { BROWSER, openBrowser } from './browser.ts';
import { folder, useCommand } from './use-command.ts';

const words = BROWSER === null ? 'needs a browser: apt-get install chromium' : 'in a browser';

describe.skipIf(BROWSER === null)(`the picture of a machine, ${words}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  it('has every word inside its box and the picture, in colours that can be read', async () => {
    const cwd = folder();
    const { out } = await useCommand('graph', { cwd, options: { format: 'svg' } });
    const page = await browser.newPage();
    for (const [name, svg] of Object.entries({ plain: out, heated: await longHistory() })) {
      const path = join(cwd, `${name}.svg`);
      writeFileSync(path, svg);
      await page.goto(pathToFileURL(path).href);
      expect(await wordsOutside(page), name).toEqual([]);
      await page.emulateMedia({ colorScheme: 'light' });
      expect(await contrasts(page), name).toSatisfy(areReadable);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await contrasts(page), name).toSatisfy(areReadable);
    }
  });
});

/** The loop's picture after years, every state and transition with the longest figures there are. */
async function longHistory(): Promise<string> {
  const loop = MACHINES['loop']!;
  const nodes = nodesOf(loop.root);
  const ids = nodes.flatMap(edgesOf).map(({ id }) => id);
  const history = {
    ...{ steps: 9_999_999, from: 0, until: 0 },
    transitions: Object.fromEntries(ids.map((id) => [id, 9999])),
    states: Object.fromEntries(
      nodes.map(({ path }) => [path.join('.'), { entered: 9999, seconds: 86_399 }]),
    ),
  };
  return renderSvg(loop, await layOut(loop), { hasStyle: true, hasLegend: true, history });
}

/** Words that leave the box that they were made for, or meet those beside them. */
function wordsOutside(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const outside = (text: Element, box: Element): boolean => {
      const [inner, outer] = [text.getBoundingClientRect(), box.getBoundingClientRect()];
      return (
        inner.left < outer.left ||
        inner.right > outer.right ||
        inner.top < outer.top - 2 ||
        inner.bottom > outer.bottom + 2
      );
    };
    const meets = (text: Element): boolean => {
      const next = text.nextElementSibling;
      return (
        next?.tagName === 'text' &&
        text.getBoundingClientRect().right + 4 > next.getBoundingClientRect().left
      );
    };
    const texts = [...document.querySelectorAll('.row > text, .state > .name, .state > .figures')];
    return texts
      .filter((text) => {
        const box = text.parentElement?.querySelector('.ground, .box');
        return !box || outside(text, box) || meets(text);
      })
      .map(({ textContent }) => textContent);
  });
}

/** Of the words of rows, of their targets and guards against the box they stand in; `rgb(1, 2, 3)`. */
function contrasts(page: Page): Promise<string[][]> {
  return page.evaluate(() => {
    const fill = (selector: string): string => {
      const found = document.querySelector(selector);
      return found ? getComputedStyle(found).fill : 'none';
    };
    const texts = [
      '.leaf .row > text',
      '.leaf .guard',
      '.leaf .arrow > .target',
      '.leaf .jump > .target',
    ];
    const strip = fill('.leaf > .spent-4');
    return [
      ...texts.map((selector) => [fill(selector), fill('.leaf > .box')]),
      ...(strip === 'none'
        ? []
        : [
            [fill('.times'), fill('.leaf > .box')],
            [fill('.leaf > .figures'), strip],
          ]),
    ];
  });
}

function areReadable(pairs: readonly (readonly string[])[]): boolean {
  return pairs.every(([text = '', ground = '']) => {
    const [light = 0, dark = 0] = [luminance(text), luminance(ground)].toSorted((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05) >= 4.5;
  });
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [...color.matchAll(/\d+/g)].map(([part]) => {
    const value = Number(part) / 255;
    return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
