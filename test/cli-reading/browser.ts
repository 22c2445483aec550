import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const PLACES = [
  ...['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'],
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The browser of this machine; null: it has none. */
export const BROWSER: string | null = PLACES.find((path) => existsSync(path)) ?? null;

/** The sandbox cannot be had by root, which CI is in its container. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: BROWSER ?? '', args: ['--no-sandbox'] });
}
