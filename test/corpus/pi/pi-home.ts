import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Play } from './play.ts';

/** Gives pi a home whose only model is what listens at `baseUrl`. */
export async function makePiHome(home: string, { baseUrl, play }: PiHome): Promise<void> {
  const agent = join(home, '.pi/agent');
  await mkdir(agent, { recursive: true });
  await mkdir(join(home, 'project'));
  await mkdir(join(home, 'elsewhere'));
  const providers = play.service.kind === 'none' ? {} : { mock: provider(baseUrl, play) };
  await writeFile(join(agent, 'models.json'), JSON.stringify({ providers }));
  await writeFile(join(agent, 'settings.json'), JSON.stringify(play.settings ?? {}));
}

interface PiHome {
  readonly baseUrl: string;
  readonly play: Play;
}

function provider(baseUrl: string, { service, price }: Play): object {
  const isChatGpt = service.kind === 'chatgpt';
  const cost = price === undefined ? COST : allAt(price);
  return {
    baseUrl,
    api: isChatGpt ? 'openai-codex-responses' : 'anthropic-messages',
    apiKey: isChatGpt ? CHATGPT_TOKEN : 'dummy',
    models: [{ id: 'mock-model', cost, contextWindow: 200_000, maxTokens: 8_192 }],
  };
}

const COST = { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75 };

function allAt(price: number): object {
  return { input: price, output: price, cacheRead: price, cacheWrite: price };
}

// Its account is read from the token, which nobody signed.
const CHATGPT_TOKEN = [
  { alg: 'none' },
  { 'https://api.openai.com/auth': { chatgpt_account_id: 'dummy' } },
  'dummy',
]
  .map((part) => Buffer.from(JSON.stringify(part)).toString('base64'))
  .join('.');

/** The whole environment of a pi that needs no account and asks nobody but the mock. */
export function piEnv(home: string): Record<string, string> {
  const nobody = 'http://127.0.0.1:9';
  return {
    PATH: '/usr/bin:/bin',
    HOME: home,
    PI_OFFLINE: '1',
    PI_TELEMETRY: '0',
    npm_config_registry: nobody,
    HTTPS_PROXY: nobody,
    HTTP_PROXY: nobody,
    NO_PROXY: '127.0.0.1',
  };
}
