import { defineTask, reportInstructions } from 'autoloop/task';

export default defineTask({
  description: 'Runs any prompt file again and again: autoloop run --prompt PROMPT.md',
  buildHelperContext: () => reportInstructions,
});
