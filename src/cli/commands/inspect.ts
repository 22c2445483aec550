import { describeError } from '../../domain/error.ts';
import { PageServer } from '../../inspect/server/page-server.ts';
import { pageRoutes } from '../../inspect/server/page-routes.ts';
import { pageShell } from '../../inspect/server/page-shell.ts';
import { makeToken } from '../../inspect/server/token.ts';
import type { CliContext, RunCommand } from '../cli-context.ts';
import { FoundLoops } from '../inspect/found-loops.ts';
import { inspectAddresses, type InspectAddresses } from '../inspect/inspect-addresses.ts';
import { loopChart } from '../inspect/loop-chart.ts';
import { openBrowser, type OpenedPage } from '../inspect/open-browser.ts';
import { pageFiles } from '../inspect/page-files.ts';
import { portOption } from '../inspect/port-option.ts';
import { statelyWays } from '../inspect/stately-ways.ts';
import { readAllLoops } from '../status/all-loops.ts';
import { untilInterrupted } from '../watch/until-interrupted.ts';

/** Serves a page over all loops of the data folder, until it is interrupted; the loops go on. */
export const run: RunCommand = async (context, options) => {
  const port = portOption(options);
  // What keeps the data folder from being read is told here, not in a page.
  await readAllLoops(context);
  const token = makeToken();
  const loops = new FoundLoops(context);
  const stately = options['stately'] === true ? statelyWays(context, token) : null;
  const pages = pageRoutes({ loops, shell: pageShell(pageFiles()), chart: loopChart() });
  const server = new PageServer({
    ...{ port, token },
    routes: [...pages, ...(stately?.routes ?? [])],
    upgrades: stately?.upgrades ?? [],
    failed: (error) => context.terminal.notice(`autoloop: ${describeError(error).message}`),
  });
  await server.listen();
  const addresses = inspectAddresses({ port: server.port, token, stately: stately !== null });
  const { url, stately: shown } = addresses;
  const begin = (): OpenedPage | null => {
    const asked = options['open'] === true ? openBrowser(context, shown?.page ?? url) : null;
    tell(context, { addresses, trouble: asked?.trouble ?? null });
    return asked;
  };
  let opened: OpenedPage | null | undefined;
  try {
    return await untilInterrupted(async () => {
      // Signals are heard from here on: what was written for the browser is removed again.
      opened = opened === undefined ? begin() : opened;
    });
  } finally {
    opened?.end();
    stately?.close();
    server.close();
  }
};

interface Serving {
  readonly addresses: InspectAddresses;
  /** Why no browser was opened; null: it was, or nobody asked. */
  readonly trouble: string | null;
}

/** The addresses go past the redactor, to which they are secrets: whoever called is to have them. */
function tell({ terminal, globals }: CliContext, { addresses, trouble }: Serving): void {
  const { url, stately } = addresses;
  if (globals.json) {
    process.stdout.write(`${JSON.stringify(addresses)}\n`);
  } else {
    const all = [url, ...(stately ? [stately.page, stately.socket] : [])];
    process.stdout.write(`${all.join('\n')}\n`);
  }
  if (trouble !== null) {
    terminal.notice(`No browser was opened: ${trouble}. Open the address above yourself.`);
  }
  if (!globals.json && !globals.quiet) {
    terminal.notice(
      'Open it in a browser on this machine. Who has the address can steer the loops. Ctrl-C ends the inspector; the loops go on.',
    );
    if (stately) {
      terminal.notice(STATELY_WORDS);
    }
  }
}

const STATELY_WORDS =
  "The second address shows the loops in Stately's inspector, a page of stately.ai: it asks before anything leaves this machine. The third is for other clients of its protocol.";
