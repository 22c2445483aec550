import { mkdir, mkdtemp, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where a recorded opencode lives and whom it takes for its model. */
export interface OpencodeHome {
  readonly home: string;
  /** Its folder `project`: where it works. */
  readonly project: string;
}

/** A scratch home; what stands in it belongs to the user, so it shows that the plan is merged into it. */
export async function makeHome(): Promise<OpencodeHome> {
  const home = await realpath(await mkdtemp(join(tmpdir(), 'opencode-recording-')));
  const project = join(home, 'project');
  await mkdir(project);
  await mkdir(join(home, '.config/opencode'), { recursive: true });
  return { home, project };
}

export interface UserConfig {
  /** Of the mock's scenario. */
  readonly baseUrl: string;
  /** Of the provider: `headerTimeout`, … */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Beside the provider: `permission`, … */
  readonly settings?: Readonly<Record<string, unknown>>;
}

export async function writeConfig(home: string, config: UserConfig): Promise<void> {
  const { baseUrl, options, settings } = config;
  const mock = {
    npm: '@ai-sdk/anthropic',
    options: { baseURL: `${baseUrl}/v1`, apiKey: 'dummy', ...options },
    models: { 'mock-model': { ...MODEL, cost: PRICES }, 'unpriced-model': MODEL },
  };
  await writeFile(
    join(home, '.config/opencode/opencode.json'),
    JSON.stringify({ model: 'mock/mock-model', provider: { mock }, ...settings }),
  );
}

const MODEL = { name: 'A model of the mock', limit: { context: 200_000, output: 8_000 } };
const PRICES = { input: 3, output: 15, cache_read: 0.3, cache_write: 3.75 };

/** Nothing but the mock is asked: its registry of packages and all proxies are a closed port. */
export function opencodeEnv(home: string): Record<string, string> {
  return {
    PATH: '/usr/bin:/bin',
    HOME: home,
    // Of whoever started autoloop: not where it shall work.
    PWD: home,
    OPENCODE_DISABLE_MODELS_FETCH: '1',
    npm_config_registry: CLOSED,
    HTTP_PROXY: CLOSED,
    HTTPS_PROXY: CLOSED,
    NO_PROXY: '127.0.0.1',
  };
}

const CLOSED = 'http://127.0.0.1:9';
