import { marker } from '../marker.ts';
import type { Rule } from '../pattern/rule.ts';

/**
 * The path of `https://hooks.slack.com/services/…` is the secret; slashes may be escaped as in
 * PHP's JSON.
 */
export const slackWebhook: Rule = {
  anchors: ['ho(oks)'],
  match({ text }, at) {
    HOST.lastIndex = at;
    if (!HOST.test(text)) {
      return undefined;
    }
    PATH.lastIndex = HOST.lastIndex;
    if (!PATH.test(text)) {
      return undefined;
    }
    return { start: HOST.lastIndex, end: PATH.lastIndex, replacement: marker('slack-webhook') };
  },
};

const HOST = /hooks\.slack\.com\\{0,7}\//iy;
const PATH = /[A-Za-z0-9_-]{1,200}(?:\\{0,7}\/[A-Za-z0-9_-]{1,200}){1,6}/y;
