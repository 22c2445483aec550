import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where a Codex of a test lives and whom it takes for its model. */
export interface CodexPlace {
  /** A scratch folder; its settings, sessions and temporary files stay in there. */
  readonly home: string;
  /** Of the mock on loopback. */
  readonly baseUrl: string;
  /** Of the model provider: `{ stream_max_retries: 0 }`. Default: Codex's own. */
  readonly patience?: Readonly<Record<string, number>>;
}

/**
 * Writes the configuration of a Codex that needs no account and asks nobody but the mock, and returns its whole
 * environment. Its model provider can be told by nothing but its configuration.
 */
export async function codexEnv(place: CodexPlace): Promise<Record<string, string>> {
  const { home } = place;
  const temporary = join(home, 'tmp');
  await mkdir(join(home, '.codex'), { recursive: true });
  await mkdir(temporary, { recursive: true });
  await writeFile(join(home, '.codex', 'config.toml'), configOf(place));
  return {
    PATH: '/usr/bin:/bin',
    HOME: home,
    // It warns where its home is within the folder for temporary files.
    TMPDIR: temporary,
    CODEX_API_KEY: 'dummy',
    // Nobody listens there: what is not meant for the mock gets nowhere.
    HTTPS_PROXY: 'http://127.0.0.1:9',
    NO_PROXY: '127.0.0.1',
  };
}

// Plugins and apps would be looked for on the network; a model of its own list has its patch tool.
function configOf({ baseUrl, patience = {} }: CodexPlace): string {
  return `model = "gpt-5.5"
model_provider = "mock"

[analytics]
enabled = false

[features]
plugins = false
apps = false

[model_providers.mock]
name = "mock"
base_url = "${baseUrl}"
env_key = "CODEX_API_KEY"
wire_api = "responses"
${Object.entries(patience)
  .map(([name, value]) => `${name} = ${value}\n`)
  .join('')}`;
}
