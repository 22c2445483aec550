import type { Rule } from '../pattern/rule.ts';
import { assignment } from './assignment.ts';
import { authorization } from './authorization.ts';
import { basic } from './basic.ts';
import { bearer } from './bearer.ts';
import { email } from './email.ts';
import { jwt } from './jwt.ts';
import { privateKey } from './private-key.ts';
import { slackWebhook } from './slack-webhook.ts';
import { urlLogin } from './url-login.ts';
import { vendorTokens } from './vendor-tokens.ts';

/** All rules; of those that begin at the same letters the first wins. */
export const everyRule: readonly Rule[] = [
  privateKey,
  ...vendorTokens,
  jwt,
  slackWebhook,
  urlLogin,
  authorization,
  bearer,
  basic,
  assignment,
  email,
];
