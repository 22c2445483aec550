import type { Environment } from '../../domain/environment.ts';

/**
 * Keys of the providers that most use. It knows about a hundred; all their keys would be a whole keyring for its tools,
 * so who uses another one says so with --pass-env.
 */
export const providerKeys: readonly string[] = [
  'OPENCODE_API_KEY',
  'ANTHROPIC_API_KEY',
  'OPENAI_API_KEY',
  'OPENROUTER_API_KEY',
  'GEMINI_API_KEY',
  'GOOGLE_API_KEY',
  'GOOGLE_GENERATIVE_AI_API_KEY',
  'DEEPSEEK_API_KEY',
  'GROQ_API_KEY',
  'MISTRAL_API_KEY',
  'XAI_API_KEY',
];

/** Who will be billed: the provider of its model, by a key of the environment or by what `opencode auth login` stored. */
export function opencodeAccount(env: Environment): string {
  const keys = providerKeys.filter((variable) => isSet(env[variable]));
  const inline = isSet(env['OPENCODE_AUTH_CONTENT']) ? ' (OPENCODE_AUTH_CONTENT)' : '';
  const login = `opencode's own login${inline}`;
  return keys.length === 0 ? login : `API key (${keys.join(', ')}) or ${login}, by its model`;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value.trim() !== '';
}
