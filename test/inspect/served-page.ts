import { request, type IncomingHttpHeaders } from 'node:http';
import { onTestFinished } from 'vitest';
import type { InspectedLoops } from '../../src/inspect/inspected-loops.ts';
import type { LoopHistory } from '../../src/inspect/loop-history.ts';
import type { PageNews } from '../../src/inspect/page-news.ts';
import { pageRoutes } from '../../src/inspect/server/page-routes.ts';
import { PageServer } from '../../src/inspect/server/page-server.ts';
import { pageShell } from '../../src/inspect/server/page-shell.ts';
import type { Upgrade } from '../../src/inspect/server/route.ts';
import { makeToken } from '../../src/inspect/server/token.ts';
import type { SteeringCommand } from '../../src/inspect/steering.ts';
import { loopChart } from '../../src/cli/inspect/loop-chart.ts';
import { pageFiles } from '../../src/cli/inspect/page-files.ts';

/** Loops that are what a test says they are. */
export class ToldLoops implements InspectedLoops {
  readonly steered: (readonly [loop: string, command: SteeringCommand])[] = [];
  readonly watched: (string | null)[] = [];
  /** Errors are thrown. */
  past: LoopHistory | Error | null = null;
  readonly #listeners = new Set<(news: PageNews) => void>();
  #whole: readonly PageNews[];

  constructor(whole: readonly PageNews[] = []) {
    this.#whole = whole;
  }

  get watchers(): number {
    return this.#listeners.size;
  }

  set whole(whole: readonly PageNews[]) {
    this.#whole = whole;
  }

  watch(loop: string | null, told: (news: PageNews) => void): ReturnType<InspectedLoops['watch']> {
    this.watched.push(loop);
    this.#listeners.add(told);
    queueMicrotask(() => this.#whole.forEach(told));
    return { whole: () => this.#whole, end: () => void this.#listeners.delete(told) };
  }

  tell(news: PageNews): void {
    this.#listeners.forEach((told) => told(news));
  }

  steer(loop: string, command: SteeringCommand): ReturnType<InspectedLoops['steer']> {
    this.steered.push([loop, command]);
    return Promise.resolve({ isDone: true, message: `${command} was heard` });
  }

  history(): ReturnType<InspectedLoops['history']> {
    return this.past instanceof Error ? Promise.reject(this.past) : Promise.resolve(this.past);
  }
}

export interface ServedPage {
  readonly server: PageServer;
  readonly loops: ToldLoops;
  readonly token: string;
  readonly url: string;
  /** Of bugs. */
  readonly failures: unknown[];
}

/** The inspector's server over told loops, ended with the test. */
export async function servePage(
  loops: ToldLoops = new ToldLoops(),
  upgrades: readonly Upgrade[] = [],
  patienceMs?: number,
): Promise<ServedPage> {
  const token = makeToken();
  const failures: unknown[] = [];
  const server = new PageServer({
    ...{ token, upgrades, port: null, failed: (error) => failures.push(error) },
    ...(patienceMs !== undefined && { patienceMs }),
    routes: pageRoutes({ loops, shell: pageShell(pageFiles()), chart: loopChart() }),
  });
  await server.listen();
  onTestFinished(() => server.close());
  return { server, loops, token, failures, url: `http://127.0.0.1:${server.port}` };
}

export interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent in pieces where it is a list. */
  readonly body?: string | readonly string[];
}

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Sends just what it is told to: `fetch` would not let a test choose Host and Origin. */
export function ask(
  port: number,
  { method = 'GET', path = '/', headers = {}, body }: Asked,
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', port, method, path, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      );
    });
    asking.on('error', reject);
    [body ?? []].flat().forEach((piece) => asking.write(piece));
    asking.end();
  });
}
