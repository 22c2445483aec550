import type { Environment } from '../../domain/environment.ts';

/** Who will be billed, as Gemini CLI chooses from its environment. A login chosen in its own settings beats that, and cannot be seen from here. */
export function geminiAccount(env: Environment): string {
  const login = LOGINS.find(([variable, isGiven]) => isGiven(env[variable]))?.[2];
  return login === undefined
    ? "gemini's own login"
    : `${login}, unless gemini's settings choose another`;
}

const isTrue = (value: string | undefined): boolean => value === 'true';
const isSet = (value: string | undefined): boolean => value !== undefined && value !== '';

// In its own order. It takes `true` alone for a switch.
const LOGINS = [
  ['GOOGLE_GENAI_USE_GCA', isTrue, 'Google login (GOOGLE_GENAI_USE_GCA)'],
  ['GOOGLE_GENAI_USE_VERTEXAI', isTrue, 'Google Vertex AI (GOOGLE_GENAI_USE_VERTEXAI)'],
  ['GEMINI_API_KEY', isSet, 'API key (GEMINI_API_KEY)'],
  ['CLOUD_SHELL', isTrue, 'Google Cloud Shell (CLOUD_SHELL)'],
  ['GEMINI_CLI_USE_COMPUTE_ADC', isTrue, 'service account (GEMINI_CLI_USE_COMPUTE_ADC)'],
] as const;
