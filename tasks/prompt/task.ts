import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defineTask, parsePrd, prdCompletion, reportInstructions } from 'autoloop/task';

export default defineTask({
  description: 'Runs any prompt file again and again: autoloop run --prompt PROMPT.md',
  buildHelperContext: () => reportInstructions,

  /** Where the workspace has a PRD.md, its checkboxes tell how far the work is. */
  async measure({ workspace }) {
    const prd = await readFile(join(workspace, 'PRD.md'), 'utf8').catch(() => '');
    return { prd: prdCompletion(parsePrd(prd)) };
  },
});
