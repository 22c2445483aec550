import type { Environment } from '../../domain/environment.ts';

/** Who will be billed, as `codex exec` chooses: what its environment holds, then its own login. A model provider of its configuration may ask for another key. */
export function codexAccount(env: Environment): string {
  return LOGINS.find(([variable]) => isSet(env[variable]))?.[1] ?? "codex's own login";
}

const LOGINS = [
  ['CODEX_API_KEY', 'API key (CODEX_API_KEY)'],
  ['CODEX_ACCESS_TOKEN', 'access token (CODEX_ACCESS_TOKEN)'],
] as const;

function isSet(value: string | undefined): boolean {
  return value !== undefined && value.trim() !== '';
}
