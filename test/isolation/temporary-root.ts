import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, type TestContext } from 'vitest';

/** A folder of this test alone; one that runs beside others says which it is. */
export function temporaryRoot(
  test: Pick<TestContext, 'onTestFinished'> = { onTestFinished },
): string {
  const root = mkdtempSync(join(tmpdir(), 'autoloop-isolation-'));
  test.onTestFinished(() => rmSync(root, { recursive: true, force: true, maxRetries: 3 }));
  return root;
}
