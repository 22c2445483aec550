import type { Environment } from '../../domain/environment.ts';

/** Its own logins go before those of its environment, and which of these it takes depends on the model. */
export function piAccount(env: Environment): string {
  const set = loginVariables.filter((variable) => (env[variable] ?? '').trim() !== '');
  return set.length === 0 ? "pi's own login" : `pi's own login, else ${set.join(' or ')}`;
}

/**
 * Keys and tokens of models' services that it looks for. Not those that open more than models: of a cloud account
 * (AWS_SECRET_ACCESS_KEY, CLOUDFLARE_API_KEY, …), of GitHub and Hugging Face. Its tools would see them too.
 */
export const loginVariables: readonly string[] = [
  'ANTHROPIC_API_KEY',
  'ANTHROPIC_AUTH_TOKEN',
  'ANTHROPIC_OAUTH_TOKEN',
  'OPENAI_API_KEY',
  'AZURE_OPENAI_API_KEY',
  'GEMINI_API_KEY',
  'AWS_BEARER_TOKEN_BEDROCK',
  'COPILOT_GITHUB_TOKEN',
  'OPENROUTER_API_KEY',
  'AI_GATEWAY_API_KEY',
  'OPENCODE_API_KEY',
  'ANT_LING_API_KEY',
  'BASETEN_API_KEY',
  'CEREBRAS_API_KEY',
  'DEEPSEEK_API_KEY',
  'FIREWORKS_API_KEY',
  'GROQ_API_KEY',
  'KIMI_API_KEY',
  'META_API_KEY',
  'MINIMAX_API_KEY',
  'MINIMAX_CN_API_KEY',
  'MISTRAL_API_KEY',
  'MOONSHOT_API_KEY',
  'NVIDIA_API_KEY',
  'QWEN_TOKEN_PLAN_API_KEY',
  'QWEN_TOKEN_PLAN_CN_API_KEY',
  'QWEN_TOKEN_PLAN_INDIVIDUAL_API_KEY',
  'QWEN_TOKEN_PLAN_INDIVIDUAL_CN_API_KEY',
  'QWEN_TOKEN_PLAN_TEAM_API_KEY',
  'QWEN_TOKEN_PLAN_TEAM_CN_API_KEY',
  'RADIUS_API_KEY',
  'TOGETHER_API_KEY',
  'XAI_API_KEY',
  'XIAOMI_API_KEY',
  'XIAOMI_TOKEN_PLAN_AMS_API_KEY',
  'XIAOMI_TOKEN_PLAN_CN_API_KEY',
  'XIAOMI_TOKEN_PLAN_SGP_API_KEY',
  'ZAI_API_KEY',
  'ZAI_CODING_CN_API_KEY',
];
