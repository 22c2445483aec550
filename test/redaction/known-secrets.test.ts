import { describe, expect, it } from 'vitest';
import {
  collectSecrets,
  hasUrlUserinfo,
  isSecretLikeName,
} from '../../src/redaction/known-secrets.ts';

describe('isSecretLikeName', () => {
  it.each([
    'ANTHROPIC_API_KEY',
    'GITHUB_TOKEN',
    'X_SECRET',
    'X_SECRETS',
    'X_SECRET_BASE',
    'AWS_SECRET_ACCESS_KEY',
    'DB_PASSWORD',
    'PGPASSWORD',
    'PASSWORD_2',
    'GOOGLE_APPLICATION_CREDENTIALS',
    'TOKEN',
    'SECRET',
    'API_KEY',
    'APIKEY',
    'PASSWD',
    'npm_config__authToken',
    'my_token',
  ])('says yes to %s', (name) => expect(isSecretLikeName(name)).toBe(true));

  it.each([
    'PATH',
    'MAX_TOKENS',
    'TOKENIZERS_PARALLELISM',
    'KEYBOARD',
    'MONKEY',
    'HOME',
    'PWD',
    'SSH_AUTH_SOCK',
    'KEY_FILE',
    'TOKEN_URL',
    'CREDENTIALS_DIR',
  ])('says no to %s', (name) => expect(isSecretLikeName(name)).toBe(false));
});

describe('hasUrlUserinfo', () => {
  it.each([
    'postgres://u:p@host/db',
    'https://faketoken@host',
    'a=1;url=redis://:fake@h',
    'HTTP://u:p@proxy:3128',
  ])('says yes to %s', (value) => expect(hasUrlUserinfo(value)).toBe(true));

  it.each([
    'https://host/x@y',
    'ssh://git@host/x',
    'https://git@host/x',
    'u:p@host',
    'http://u:@host',
    'http://host:80/',
  ])('says no to %s', (value) => expect(hasUrlUserinfo(value)).toBe(false));
});

describe('collectSecrets', () => {
  it('takes the values of secret-like variables of 8 characters and more', () => {
    expect(
      collectSecrets({
        A_TOKEN: 'fake1234',
        B_TOKEN: 'fake123',
        HOME: '/home/fake',
        C_KEY: undefined,
      }),
    ).toEqual([{ name: 'A_TOKEN', value: 'fake1234' }]);
  });

  it("takes the values of OpenTelemetry's headers, as written and as sent", () => {
    const name = 'OTEL_EXPORTER_OTLP_TRACES_HEADERS';
    expect(collectSecrets({ [name]: 'x-key=fake12345, authorization=Bearer%20fake67890' })).toEqual(
      ['fake12345', 'Bearer%20fake67890', 'Bearer fake67890', 'fake67890'].map((value) => ({
        name,
        value,
      })),
    );
  });

  it('takes variables that are named as secret', () => {
    expect(
      collectSecrets({ ODD_NAME: 'fakevalue', OTHER: 'fakeother' }, ['ODD_NAME', 'MISSING']),
    ).toEqual([{ name: 'ODD_NAME', value: 'fakevalue' }]);
  });

  it('takes password and login of URLs in any variable, the password as written and as meant', () => {
    expect(collectSecrets({ DATABASE_URL: 'postgres://admin:fake%2Fpassword@host/db' })).toEqual([
      { name: 'DATABASE_URL', value: 'fake%2Fpassword' },
      { name: 'DATABASE_URL', value: 'fake/password' },
      { name: 'DATABASE_URL', value: 'admin:fake%2Fpassword' },
    ]);
  });

  it('takes a value once, and also without the white space around it', () => {
    expect(collectSecrets({ A_KEY: 'fakevalue\n', B_KEY: 'fakevalue' })).toEqual([
      { name: 'A_KEY', value: 'fakevalue\n' },
      { name: 'A_KEY', value: 'fakevalue' },
    ]);
  });
});
