import { describeError } from '../../domain/error.ts';
import { PageServer } from '../../inspect/server/page-server.ts';
import { pageRoutes } from '../../inspect/server/page-routes.ts';
import { pageShell } from '../../inspect/server/page-shell.ts';
import { makeToken } from '../../inspect/server/token.ts';
import type { CliContext, RunCommand } from '../cli-context.ts';
import { FoundLoops } from '../inspect/found-loops.ts';
import { loopChart } from '../inspect/loop-chart.ts';
import { openBrowser } from '../inspect/open-browser.ts';
import { pageFiles } from '../inspect/page-files.ts';
import { portOption } from '../inspect/port-option.ts';
import { readAllLoops } from '../status/all-loops.ts';
import { untilInterrupted } from '../watch/until-interrupted.ts';

/** Serves a page over all loops of the data folder, until it is interrupted; the loops go on. */
export const run: RunCommand = async (context, options) => {
  const port = portOption(options);
  // What keeps the data folder from being read is told here, not in a page.
  await readAllLoops(context);
  const token = makeToken();
  const loops = new FoundLoops(context);
  const server = new PageServer({
    ...{ port, token },
    routes: pageRoutes({ loops, shell: pageShell(pageFiles()), chart: loopChart() }),
    failed: (error) => context.terminal.notice(`autoloop: ${describeError(error).message}`),
  });
  await server.listen();
  const url = `http://127.0.0.1:${server.port}/#token=${token}`;
  const opened = options['open'] === true ? openBrowser(context, url) : null;
  tell(context, { url, port: server.port, trouble: opened?.trouble ?? null });
  try {
    return await untilInterrupted(async () => {});
  } finally {
    opened?.end();
    server.close();
  }
};

interface Serving {
  readonly url: string;
  readonly port: number;
  /** Why no browser was opened; null: it was, or nobody asked. */
  readonly trouble: string | null;
}

/** The address goes past the redactor, to which it is a secret: whoever called is to have it. */
function tell({ terminal, globals }: CliContext, { url, port, trouble }: Serving): void {
  if (globals.json) {
    process.stdout.write(`${JSON.stringify({ url, port })}\n`);
  } else {
    process.stdout.write(`${url}\n`);
  }
  if (trouble !== null) {
    terminal.notice(`No browser was opened: ${trouble}. Open the address above yourself.`);
  }
  if (!globals.json && !globals.quiet) {
    terminal.notice(
      'Open it in a browser on this machine. Who has the address can steer the loops. Ctrl-C ends the inspector; the loops go on.',
    );
  }
}
