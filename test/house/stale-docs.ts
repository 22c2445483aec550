import { existsSync, readFileSync } from 'node:fs';
import { GENERATED_DOCS } from './generated-docs.ts';

for (const { path, render } of GENERATED_DOCS) {
  const current = existsSync(path) ? readFileSync(path, 'utf8') : null;
  if (current !== (await render())) {
    console.error(
      `${path} is ${current === null ? 'missing' : 'stale'}. Write it anew: npm run docs`,
    );
    process.exitCode = 1;
  }
}
