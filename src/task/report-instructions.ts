/**
 * What a prompt tells an agent about the report it ends with; for a task's `buildHelperContext`.
 * The sample itself is no valid report: an agent that only repeats its prompt reports nothing.
 */
export const reportInstructions = `End your last message with a report: one fenced block, filled in like this.

\`\`\`json
{
  "target": "what you worked on",
  "status": "success | partial | failed | complete | no_change",
  "changes": ["what you changed, one line each"],
  "validation": ["how you checked it: what you ran, and what came out"],
  "issues": ["what went wrong or is left open"],
  "next": "what the next run should do",
  "learned": ["what any later run should know"]
}
\`\`\`

Choose one status: success (done and checked), partial (a part is done), failed (it did not work),
no_change (there was nothing to do here), complete (done, and nothing is left for any later run).`;
