import { contentPolicy, sourceHash } from './security-headers.ts';

/** A page without data: what it shows it asks for with the token. */
export interface PageShell {
  readonly html: string;
  readonly policy: string;
}

export interface ShellParts {
  /** Made by us; neither may hold the end of its own element. */
  readonly script: string;
  readonly style: string;
}

/** Script and style are in it, known by their hashes, so that it is there with one request. */
export function pageShell({ script, style }: ShellParts): PageShell {
  return {
    html: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>autoloop</title>
<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(ICON)}">
<style>${style}</style>
</head>
<body>
<div id="app"></div>
<noscript>This page shows loops as they run, and needs JavaScript for it. Without: autoloop status --all --watch</noscript>
<script>${script}</script>
</body>
</html>
`,
    policy: contentPolicy({
      'script-src': sourceHash(script),
      'style-src': sourceHash(style),
      'img-src': 'data:',
      'connect-src': "'self'",
      'require-trusted-types-for': "'script'",
      'trusted-types': 'autoloop-chart',
    }),
  };
}

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="M13.5 8a5.5 5.5 0 1 1-1.6-3.9" fill="none" stroke="#5b6cff" stroke-width="2.4" stroke-linecap="round"/><circle cx="12.4" cy="3.6" r="2.1" fill="#5b6cff"/></svg>`;
