import { AutoloopError, EXIT } from '../../domain/error.ts';
import { sendTest } from '../../notify/send-test.ts';
import type { RunCommand } from '../cli-context.ts';
import { resultLines } from '../notify/result-lines.ts';
import { testPlan } from '../notify/test-plan.ts';

/** Sends one test notification to each target, whatever `--notify-on` says, and tells what came of it. */
export const run: RunCommand = async (context, options) => {
  if (options['test'] !== true) {
    throw new AutoloopError({
      code: EXIT.usage,
      message: 'Nothing was sent: a test has to be asked for.',
      fix: 'Send it: autoloop notify --test',
    });
  }
  const plan = await testPlan(context, options);
  if (plan.settings.notify.length === 0) {
    throw new AutoloopError({
      code: EXIT.configuration,
      message: 'Nobody is told of anything: no target is set.',
      fix: 'Name one: autoloop notify --test --notify desktop; for good: autoloop config set notify desktop',
    });
  }
  const results = await sendTest(plan);
  const isWell = results.every(({ ok }) => ok);
  const { terminal, globals } = context;
  terminal.write(
    globals.json
      ? `${JSON.stringify({ ok: isWell, targets: results })}\n`
      : resultLines(context, results),
  );
  return isWell ? EXIT.ok : EXIT.internal;
};
