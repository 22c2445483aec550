import type { Rule } from '../pattern/rule.ts';
import { tokenRule } from './token-rule.ts';

/**
 * A part of 8 or 12 letters and digits, or one too long for a word: not an identifier such as
 * `sk-estimator-doc-link`.
 */
const RANDOM_PART = /(?<![A-Za-z0-9])(?:[A-Za-z0-9]{20}|(?=[A-Za-z]{0,19}[0-9])[A-Za-z0-9]{8})/;
const LONG_RANDOM_PART =
  /(?<![A-Za-z0-9])(?:[A-Za-z0-9]{20}|(?=[A-Za-z]{0,19}[0-9])[A-Za-z0-9]{12})/;

/** Tokens that say by their first letters whose they are. */
export const vendorTokens: readonly Rule[] = [
  tokenRule({
    kind: 'anthropic-key',
    anchors: ['(sk-)ant-'],
    head: /sk-ant-[A-Za-z0-9_-]{8}/y,
    rest: /[A-Za-z0-9_-]*/y,
    isUnmistakable: true,
  }),
  tokenRule({
    kind: 'sk-key',
    anchors: ['(sk-)'],
    head: /sk-[A-Za-z0-9_-]{12}/y,
    rest: /[A-Za-z0-9_-]*/y,
    accepts: (token) => RANDOM_PART.test(token),
  }),
  tokenRule({
    kind: 'api-key',
    anchors: ['a(pi_)'],
    head: /api_[A-Za-z0-9_-]{16}/y,
    rest: /[A-Za-z0-9_-]*/y,
    accepts: (token) => LONG_RANDOM_PART.test(token),
  }),
  tokenRule({
    kind: 'github-token',
    anchors: ['g(hp_)', 'g(ho_)', 'g(hu_)', 'g(hs_)', 'g(hr_)'],
    head: /gh[pousr]_[A-Za-z0-9]{20}/y,
    rest: /[A-Za-z0-9_]*/y,
    isUnmistakable: true,
  }),
  tokenRule({
    kind: 'github-token',
    anchors: ['github_(pat)_'],
    head: /github_pat_[A-Za-z0-9_]{20}/y,
    rest: /[A-Za-z0-9_]*/y,
    isUnmistakable: true,
  }),
  tokenRule({
    kind: 'gitlab-token',
    anchors: ['(glp)at-', '(gld)t-', '(glr)t-', '(glc)bt-', '(glf)t-', '(gls)oat-', '(gla)gent-'],
    head: /gl(?:pat|ptt|dt|rt|cbt|ft|soat|agent)-[A-Za-z0-9_-]{16}/y,
    rest: /[A-Za-z0-9_.-]*/y,
    isUnmistakable: true,
  }),
  tokenRule({
    kind: 'aws-access-key',
    anchors: ['A(KIA)', 'A(SIA)'],
    head: /A[KS]IA[A-Z0-9]{16}(?![A-Za-z0-9])/y,
  }),
  tokenRule({
    kind: 'google-key',
    anchors: ['(AIz)a'],
    head: /AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/y,
  }),
  tokenRule({
    kind: 'google-token',
    anchors: ['(ya2)9'],
    head: /ya29\.[A-Za-z0-9_-]{16}/y,
    rest: /[A-Za-z0-9_.-]*/y,
    isUnmistakable: true,
  }),
  tokenRule({
    kind: 'google-token',
    anchors: ['GO(CSP)X-'],
    head: /GOCSPX-[A-Za-z0-9_-]{16}/y,
    rest: /[A-Za-z0-9_-]*/y,
    isUnmistakable: true,
  }),
  tokenRule({
    kind: 'slack-token',
    anchors: ['(xox)'],
    head: /xox[a-z](?:-[0-9])?-[A-Za-z0-9-]{10}/y,
    rest: /[A-Za-z0-9-]*/y,
    isUnmistakable: true,
  }),
  tokenRule({
    kind: 'slack-token',
    anchors: ['(xap)p-'],
    head: /xapp-[0-9]-[A-Za-z0-9-]{10}/y,
    rest: /[A-Za-z0-9-]*/y,
    isUnmistakable: true,
  }),
  tokenRule({
    kind: 'stripe-key',
    anchors: ['s(k_l)ive_', 's(k_t)est_'],
    head: /[srp]k_(?:live|test)_[A-Za-z0-9]{10}/y,
    rest: /[A-Za-z0-9]*/y,
  }),
  tokenRule({
    kind: 'stripe-key',
    anchors: ['w(hse)c_'],
    head: /whsec_[A-Za-z0-9+/]{16}/y,
    rest: /[A-Za-z0-9+/=]*/y,
    isUnmistakable: true,
  }),
  tokenRule({
    kind: 'npm-token',
    anchors: ['n(pm_)'],
    head: /npm_[A-Za-z0-9]{20}/y,
    rest: /[A-Za-z0-9]*/y,
    isUnmistakable: true,
  }),
];
