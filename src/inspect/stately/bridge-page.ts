import type { Route } from '../server/route.ts';
import { contentPolicy, sourceHash } from '../server/security-headers.ts';
import { BRIDGE_STYLE } from './bridge-style.ts';

export interface BridgeParts {
  /** What the page runs; may not hold the end of its own element. */
  readonly script: string;
  /** The inspector it shows: a page that speaks the protocol to whoever embeds it. */
  readonly inspector: URL;
}

/**
 * A page that embeds Stately's inspector and hands it what the relay tells. Nothing of it is loaded, and nothing is
 * handed over, before its user says so.
 */
export function bridgePage({ script, inspector }: BridgeParts): Route {
  const html = pageText(script, inspector);
  return {
    method: 'GET',
    path: '/stately',
    isOpen: true,
    answer: ({ request, response }) => {
      const policy = contentPolicy({
        'script-src': sourceHash(script),
        'style-src': sourceHash(BRIDGE_STYLE),
        'img-src': 'data:',
        // Not every browser takes 'self' for a WebSocket of the same place.
        'connect-src': `ws://${request.headers.host}`,
        'frame-src': inspector.origin,
        'require-trusted-types-for': "'script'",
        'trusted-types': "'none'",
      });
      response.setHeader('Content-Security-Policy', policy);
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
      response.end(html);
    },
  };
}

function pageText(script: string, { href, host }: URL): string {
  const [address, place] = [escaped(href), escaped(host)];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>autoloop in Stately's inspector</title>
<link rel="icon" href="data:,">
<style>${BRIDGE_STYLE}</style>
</head>
<body data-inspector="${address}">
<main id="ask">
<h1>Show your loops in Stately's inspector?</h1>
<p>It is a page of <b>${place}</b>, not of autoloop. When you go on, your browser loads <code>${address}</code>, and this
page hands it <b>the states, machine events and context of every living loop of this data folder</b>, for as long as it
is open: names of targets and agents, folders, costs, errors. Secrets are removed before; what that page does with the
rest is up to ${place}.</p>
<p>Until then nothing is loaded from there, and nothing is sent.</p>
<p><button id="begin" type="button">Load ${place} and show my loops</button></p>
<p>To look at them without anything leaving this machine: <a id="local" href="/">the inspector of autoloop</a>, or any
program that speaks the protocol of <code>@statelyai/inspect</code>, at <code id="socket"></code></p>
</main>
<header id="bar" hidden><span id="status" role="status"></span><button id="stop" type="button">Stop</button></header>
<noscript>This page needs JavaScript. Without: autoloop status --all --watch</noscript>
<script>${script}</script>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
