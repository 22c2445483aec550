import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../src/redaction/redactor.ts';
import { BASE64, Seeded } from './seeded.ts';

const { redact } = createRedactor();

const CLEAN: Readonly<Record<string, readonly string[]>> = {
  prose: [
    'the token = the next word',
    'The secret: never give up.',
    'password: must be at least 8 characters',
    'password: 8 characters or more',
    'passwd: all authentication tokens updated successfully.',
    'password is too long; Password:',
    'Enter password: ',
    'use the --token option, or --password.',
    'permissions: { id-token: write }',
    'Bearer authentication and Basic authentication, Authorization: Bearer',
    'Basic understanding of risk-management-0123 and of tasks',
    'Error: unexpected token: }',
  ],
  'counts and names of other things': [
    'max_tokens: 4096, tokens: 123, token: 17',
    '"token_count": 5, "input_tokens": 900, "max_token": 4096',
    'MAX_TOKENS=4096 TOKENIZERS_PARALLELISM=false',
    'monkey=banana turkey: fine key=value primary_key=id',
    'ExtensionOID.SUBJECT_KEY_IDENTIFIER: "x", A_KEY_USAGE="y"',
    'PRIMARY_KEY=id CACHE_KEY=deps-v1 PUBLIC_KEY=abc',
    'secret_name: db token_type: bearer SECRET_NAME=x TOKEN_URL=x PASSWORD_FILE=/run/x',
    'tokenizer=bpe secretary: Ann passwordless=1 secrets: inherit',
    'sk-estimator-doc-link sk-container-id-1 api_request_handler_timeout api_v2',
    'npm_config_registry npm_package_json disk_test_1 highs_x',
  ],
  'nothing and placeholders': [
    'token: null, secret: undefined, password: true, "token": false, api_key: None',
    'PASSWORD=${VAR} TOKEN=$TOKEN SECRET="$(cat x)" API_KEY=<your-key> TOKEN=%TOKEN%',
    'token: ${{ secrets.X }} password: {{ password }} secret={secret}',
    'password="" token=\'\' secret: ""',
    'password: ******** token=... secret: <redacted>',
    'Authorization: Bearer $TOKEN, "Authorization": `Bearer ${token}`',
    'https://${USER}:${PASS}@host https://<user>:<pass>@host',
  ],
  programs: [
    'const token = lexer.next(); if (token === "x" || token == y) return;',
    'function f(token: string, password?: string): token is Token {',
    '  token: Token; accessToken: AccessToken,',
    'apiKey: process.env.API_KEY, password=self.password, token = tokens[0]',
    'client = Client(api_key=api_key, timeout=5)',
    'password: Option<String>, secret: &str, token: Optional[str] = None',
    'token => token.value',
    'export type StarToken = Token<SyntaxKind.StarToken>;',
    '(p1: P1, token: CancellationToken): HandlerResult<R, E>;',
    'this.token = token; self.password = password',
    'print("token=" + repr(raw))',
    'headers.authorization = `Bearer ${auth.token}`; const none = !req.headers.authorization;',
    'pub fn new(secret: Secret) -> Self',
  ],
  addresses: [
    'git@github.com:fake/repo.git ssh://git@github.com/fake/repo ssh://deploy@host.invalid',
    'lodash@4.17.21 @types/node@24.0.0 pkg@1.0.0-rc.one actions/checkout@v4.1.beta',
    'icon@2x.png getty@tty1.service https://medium.com/@user.name',
    '@app.route("/x")\n@decorator.with.dots',
    '{"t":"x\\n@app.route(\\"/\\")\\n@pytest.fixture"}',
    'http://localhost:3000/@vite/client https://example.org:8080/a?b=c',
  ],
  'hashes and ids': [
    'commit 9fceb02d0ae598e95dc970b74767f19372d61af8',
    '0f8fad5b-d9cb-469f-a165-70867728950e',
    'sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==',
    'msg_01FakeFakeFakeFake toolu_01FakeFakeFakeFake req_011Fake',
    'MIIEfakefakefakefakefakefakefakefake',
    '-----BEGIN CERTIFICATE-----\nMIIEfake\n-----END CERTIFICATE-----',
    '-----BEGIN PUBLIC KEY-----\nMIIEfake\n-----END PUBLIC KEY-----',
  ],
  'what was hidden before': [
    'password=[REDACTED:password] token: "[REDACTED:env:X]", https://[REDACTED:url-userinfo]@host',
    'Authorization: Bearer [REDACTED:authorization]; PASSWORD=[REDACTED:env:PASSWORD])',
    '{"password":"[REDACTED:password]","key":"[REDACTED:private-key]\\n"}',
  ],
};

describe.each(Object.entries(CLEAN))('leaves alone %s', (_, texts) => {
  it.each(texts)('%s', (text) => {
    expect(redact(text)).toBe(text);
    expect(redact(JSON.stringify({ content: text }))).toBe(JSON.stringify({ content: text }));
  });
});

describe('leaves alone', () => {
  it('pictures in base64', () => {
    const random = new Seeded(1);
    const text = JSON.stringify({
      type: 'image',
      source: { type: 'base64', data: random.letters(400_000, BASE64) },
    });
    expect(redact(text)).toBe(text);
  });

  it('the lines of an agent that hold no secret, usage and ids included', () => {
    const line = JSON.stringify({
      type: 'assistant',
      message: {
        id: 'msg_01FakeFakeFake',
        content: [
          {
            type: 'tool_use',
            id: 'toolu_01Fake',
            name: 'Bash',
            input: { command: 'grep -rn "token" src | head -5' },
          },
        ],
        usage: {
          input_tokens: 4,
          cache_creation_input_tokens: 10,
          cache_read_input_tokens: 20,
          output_tokens: 1,
          service_tier: 'standard',
        },
      },
      session_id: '0f8fad5b-d9cb-469f-a165-70867728950e',
      uuid: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
    });
    expect(redact(line)).toBe(line);
  });

  it('any other writing, and surrogates without their other half', () => {
    const text = 'ünïcödé 漢字 \u{1f600} \ud83d lone \ude00 \0 \u00a0 \ufeff';
    expect(redact(text)).toBe(text);
    expect(redact(`\ud83d${text} password=x \ude00`)).toBe(
      `\ud83d${text} password=[REDACTED:password] \ude00`,
    );
  });
});
