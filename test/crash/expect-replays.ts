import { globSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { replayRun } from '../../src/runner/replay/replay-run.ts';
import { dataPaths } from '../../src/stores/data-paths.ts';
import { journaledRuns } from '../../src/stores/journal/read-journal.ts';

/**
 * Every run of every loop below the folder, played again, comes to what its journal says and to what lies on disk, if that
 * can be read at all.
 */
export function expectReplays(directory: string): void {
  for (const folder of globSync('**/journal', { cwd: directory })) {
    const paths = dataPaths(join(directory, folder, '..'));
    for (const runId of journaledRuns(paths.journal)) {
      const replay = replayRun(paths, { runId, until: null, redactValue: (value) => value });
      const steps = [...(replay?.passed ?? [])];
      const end = replay?.end();
      const last = steps.at(-1);
      expect(end && 'steps' in end ? end.steps : 1, 'a step at most was not taken').toBe(1);
      expect(
        end,
        `run ${runId} of ${folder}, after ${JSON.stringify(last, null, 1)}`,
      ).toMatchObject({
        verdict: expect.stringMatching(/^(same|ahead|other_run|unreadable)$/),
      });
    }
  }
}
