/** What stands in a text where a secret stood. */
export function marker(kind: string): string {
  return `[REDACTED:${kind}]`;
}

/** The kind of a known value: `env:NAME`, with nothing in it that could end the marker. */
export function knownKind(name: string): string {
  return `env:${name.replaceAll(/[^A-Za-z0-9_.-]/g, '_').slice(0, 120) || 'unnamed'}`;
}

/** Where `text` has a whole marker at `index`: its end; otherwise `index`. */
export function skipMarker(text: string, index: number): number {
  MARKER.lastIndex = index;
  return MARKER.test(text) ? MARKER.lastIndex : index;
}

const MARKER = /\[REDACTED:[A-Za-z0-9_.:-]{1,200}\]/y;

/** Every kind a rule can give; known values add `env:NAME`. */
export const KINDS = [
  'anthropic-key',
  'api-key',
  'authorization',
  'aws-access-key',
  'basic',
  'bearer',
  'credentials',
  'email',
  'github-token',
  'gitlab-token',
  'google-key',
  'google-token',
  'jwt',
  'npm-token',
  'password',
  'private-key',
  'secret',
  'sk-key',
  'slack-token',
  'slack-webhook',
  'stripe-key',
  'token',
  'too-deep',
  'url-userinfo',
] as const;

export type Kind = (typeof KINDS)[number];
