import type { CliContext } from '../cli-context.ts';
import { paintFor } from '../tables/paint.ts';
import type { Look } from './look.ts';
import { LoopViews } from './loop-views.ts';
import type { LoopView } from './loop-view.ts';
import { pageLines } from './page-lines.ts';
import { Screen } from './screen.ts';
import { untilInterrupted } from './until-interrupted.ts';

/** The page in place, until q or Ctrl-C; the terminal is left as it was found. */
export async function showLivePage(context: CliContext, look: Look): Promise<number> {
  const collect = new LoopViews();
  const paint = paintFor(context.terminal);
  const leave = new AbortController();
  let views: readonly LoopView[] = await collect.of(await look());
  const screen = new Screen(context.terminal, {
    render: (size) => pageLines(views, { ...size, context, paint, now: Date.now() }),
    leave: () => leave.abort(),
  });
  try {
    return await untilInterrupted(async () => {
      views = await collect.of(await look());
      screen.draw();
    }, leave);
  } finally {
    screen.close();
  }
}
