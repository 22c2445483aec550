import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { GENERATED_DOCS } from './generated-docs.ts';

for (const { path, render } of GENERATED_DOCS) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, await render());
}
