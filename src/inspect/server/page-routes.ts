import type { ServerResponse } from 'node:http';
import { AutoloopError } from '../../domain/error.ts';
import type { InspectedLoops } from '../inspected-loops.ts';
import type { LoopHistory } from '../loop-history.ts';
import type { MachineChart } from '../machine-chart.ts';
import { NewsStream } from './news-stream.ts';
import { parseSteering } from './parse-steering.ts';
import type { PageShell } from './page-shell.ts';
import { readJsonBody } from './read-json-body.ts';
import { Refusal } from './refusal.ts';
import type { Route, Visit } from './route.ts';

export interface PageRouteParts {
  readonly loops: InspectedLoops;
  readonly shell: PageShell;
  readonly chart: MachineChart;
}

/** The page, and what it asks for. */
export function pageRoutes({ loops, shell, chart }: PageRouteParts): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/',
      isOpen: true,
      answer: ({ response }) => {
        response.setHeader('Content-Security-Policy', shell.policy);
        response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
        response.end(shell.html);
      },
    },
    { method: 'GET', path: '/api/machine', answer: ({ response }) => sendJson(response, chart) },
    { method: 'GET', path: '/api/news', answer: streaming(loops) },
    {
      method: 'POST',
      path: '/api/loops/:loop/steer',
      answer: async ({ request, response, params }) => {
        const command = parseSteering(await readJsonBody(request));
        sendJson(response, await loops.steer(params['loop'] ?? '', command));
      },
    },
    {
      method: 'GET',
      path: '/api/loops/:loop/history',
      answer: async ({ response, params }) => {
        sendJson(response, await historyOf(loops, params['loop'] ?? ''));
      },
    },
  ];
}

/** Throws Refusal where there is none, with why. */
async function historyOf(loops: InspectedLoops, loop: string): Promise<LoopHistory> {
  let history: LoopHistory | null;
  try {
    history = await loops.history(loop);
  } catch (error) {
    if (error instanceof AutoloopError) {
      throw new Refusal(422, error.message);
    }
    throw error;
  }
  if (history === null || history.steps.length === 0) {
    throw new Refusal(404, 'No journal of this loop is kept yet.');
  }
  return history;
}

/** Each costs a look a second, and a connection to the chosen loop. */
const MOST_PAGES = 20;

function streaming(loops: InspectedLoops): (visit: Visit) => void {
  let pages = 0;
  return ({ response, query }) => {
    if (pages >= MOST_PAGES) {
      throw new Refusal(503, `${MOST_PAGES} pages are open already. Close one of them.`);
    }
    pages += 1;
    const stream = new NewsStream(response, () => watching.whole());
    const watching = loops.watch(query.get('loop'), (news) => stream.tell(news));
    response.once('close', () => {
      pages -= 1;
      watching.end();
    });
  };
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.end(`${JSON.stringify(value)}\n`);
}
