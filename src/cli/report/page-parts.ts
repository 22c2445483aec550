import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PageParts } from '../../report/page/render-page.ts';
import { findInstallation } from '../../runner/installation.ts';
import { storageError } from '../../stores/storage-error.ts';

/** What a page brings along; it lies beside the program. Throws AutoloopError 155 where it does not. */
export function pageParts(): PageParts {
  return {
    script: built('report-charts.js'),
    style: built('report-charts-style.css'),
    hash: (text) => `sha256-${createHash('sha256').update(text).digest('base64')}`,
  };
}

function built(name: string): string {
  const path = join(findInstallation().root, 'dist', name);
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw storageError(error, { verb: 'read', path });
  }
}
