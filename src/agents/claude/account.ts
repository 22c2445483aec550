import type { Environment } from '../../domain/environment.ts';

/** Who will be billed, as Claude Code chooses in print mode: a cloud provider, then what its environment holds, then its own login. */
export function claudeAccount(env: Environment): string {
  return cloudProvider(env) ?? directLogin(env) ?? subscription(env) ?? "claude's own login";
}

function cloudProvider(env: Environment): string | undefined {
  return CLOUD_PROVIDERS.find(([variable]) => isSwitchedOn(env[variable]))?.[1];
}

// Where both are set it sends both, and the service that it talks to decides.
function directLogin(env: Environment): string | undefined {
  const logins = DIRECT_LOGINS.filter(([variable]) => isSet(env[variable])).map(
    ([, account]) => account,
  );
  return logins.length === 0 ? undefined : logins.join(' and ');
}

function subscription(env: Environment): string | undefined {
  return isSet(env.CLAUDE_CODE_OAUTH_TOKEN)
    ? 'subscription token (CLAUDE_CODE_OAUTH_TOKEN)'
    : undefined;
}

const CLOUD_PROVIDERS = [
  ['CLAUDE_CODE_USE_BEDROCK', 'Amazon Bedrock (CLAUDE_CODE_USE_BEDROCK)'],
  ['CLAUDE_CODE_USE_VERTEX', 'Google Vertex AI (CLAUDE_CODE_USE_VERTEX)'],
  ['CLAUDE_CODE_USE_FOUNDRY', 'Microsoft Foundry (CLAUDE_CODE_USE_FOUNDRY)'],
] as const;

const DIRECT_LOGINS = [
  ['ANTHROPIC_API_KEY', 'API key (ANTHROPIC_API_KEY)'],
  ['ANTHROPIC_AUTH_TOKEN', 'gateway token (ANTHROPIC_AUTH_TOKEN)'],
] as const;

function isSwitchedOn(value: string | undefined): boolean {
  return ['1', 'true', 'yes', 'on'].includes((value ?? '').trim().toLowerCase());
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value.trim() !== '';
}
