import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../src/redaction/redactor.ts';

const { redact } = createRedactor();
const A20 = 'FAKEfake0123FAKEfake';
const A36 = `${A20}0123456789abcdef`;

/** Kind, text, what is kept or shown of it. */
const CASES: Readonly<Record<string, readonly (readonly [text: string, shown: string])[]>> = {
  'vendor tokens': [
    [`key sk-ant-api03-${A36}-_x.`, 'key [REDACTED:anthropic-key].'],
    [`sk-${A36}`, '[REDACTED:sk-key]'],
    [`sk-proj-${A20}_${A20}-x`, '[REDACTED:sk-key]'],
    [`sk-or-v1-${A36}`, '[REDACTED:sk-key]'],
    [`api_${A20}`, '[REDACTED:api-key]'],
    [`ghp_${A36}`, '[REDACTED:github-token]'],
    [
      `gho_${A36} ghu_${A36} ghs_${A36} ghr_${A36}`,
      Array(4).fill('[REDACTED:github-token]').join(' '),
    ],
    [`github_pat_11${A20}_${A36}`, '[REDACTED:github-token]'],
    [`glpat-${A20}`, '[REDACTED:gitlab-token]'],
    ['AKIAFAKEFAKEFAKEFAKE', '[REDACTED:aws-access-key]'],
    ['id=ASIAFAKEFAKEFAKEFAKE;', 'id=[REDACTED:aws-access-key];'],
    [`AIza${A36.slice(0, 35)}`, '[REDACTED:google-key]'],
    [`ya29.${A36}`, '[REDACTED:google-token]'],
    [`GOCSPX-${A20}`, '[REDACTED:google-token]'],
    [`xoxb-0123456789-${A20}`, '[REDACTED:slack-token]'],
    [`xoxe.xoxp-1-${A20}`, 'xoxe.[REDACTED:slack-token]'],
    [`xapp-1-A0FAKE-0123-${A36}`, '[REDACTED:slack-token]'],
    [
      'https://hooks.slack.com/services/T0FAKE/B0FAKE/fakefake',
      'https://hooks.slack.com/[REDACTED:slack-webhook]',
    ],
    [
      'https:\\/\\/hooks.slack.com\\/services\\/T0FAKE\\/B0FAKE\\/fakefake',
      'https:\\/\\/hooks.slack.com\\/[REDACTED:slack-webhook]',
    ],
    [
      `sk_live_${A20} rk_live_${A20} pk_test_${A20}`,
      Array(3).fill('[REDACTED:stripe-key]').join(' '),
    ],
    [`whsec_${A36}`, '[REDACTED:stripe-key]'],
    [`npm_${A36}`, '[REDACTED:npm-token]'],
    ['a eyJhbGciOiJub25lIn0.eyJzdWIiOiJmYWtlIn0.ZmFrZWZha2U b', 'a [REDACTED:jwt] b'],
    ['eyJhbGciOiJkaXIifQ..ZmFrZWZha2U.ZmFrZQ.ZmFrZQ', '[REDACTED:jwt]'],
  ],
  'a token behind an escape or a colour': [
    [`{"text":"see\\nsk-${A36}\\n"}`, '{"text":"see\\n[REDACTED:sk-key]\\n"}'],
    [`{"text":"\\u001b[31msk-${A36}"}`, '{"text":"\\u001b[31m[REDACTED:sk-key]"}'],
    [`q=%20AKIAFAKEFAKEFAKEFAKE`, 'q=%20[REDACTED:aws-access-key]'],
  ],
  headers: [
    ['Authorization: Bearer abc', 'Authorization: Bearer [REDACTED:authorization]'],
    ['authorization: Basic ZmFrZTpmYWtl', 'authorization: Basic [REDACTED:authorization]'],
    [
      "curl -H 'Authorization: token abc1' x",
      "curl -H 'Authorization: token [REDACTED:authorization]' x",
    ],
    [
      '{"Authorization":"Bearer abc","x":1}',
      '{"Authorization":"Bearer [REDACTED:authorization]","x":1}',
    ],
    ['{"authorization":["Bearer abc"]}', '{"authorization":["Bearer [REDACTED:authorization]"]}'],
    [
      '["Authorization","Bearer abc","x"]',
      '["Authorization","Bearer [REDACTED:authorization]","x"]',
    ],
    [
      "headers: { authorization: 'Bearer abc1', x: 1 }",
      "headers: { authorization: 'Bearer [REDACTED:authorization]', x: 1 }",
    ],
    ["authorization = 'fake value'", "authorization = '[REDACTED:authorization]'"],
    ['{"authorization": "fake value"}', '{"authorization": "[REDACTED:authorization]"}'],
    [
      'Proxy-Authorization: Digest username="a", response="b"',
      'Proxy-Authorization: Digest [REDACTED:authorization]',
    ],
    [
      'Authorization: AWS4-HMAC-SHA256 Credential=x/y, Signature=z',
      'Authorization: AWS4-HMAC-SHA256 [REDACTED:authorization]',
    ],
    [`sent Bearer ${A20}, ok`, 'sent Bearer [REDACTED:bearer], ok'],
    ['sent Basic ZmFrZTpmYWtl.', 'sent Basic [REDACTED:basic].'],
  ],
  'logins of URLs': [
    ['https://user:pass@host/x', 'https://[REDACTED:url-userinfo]@host/x'],
    [
      'postgres://u:p@ss:w0rd@db.invalid:5432/x',
      'postgres://[REDACTED:url-userinfo]@db.invalid:5432/x',
    ],
    ['redis://:pw@host', 'redis://[REDACTED:url-userinfo]@host'],
    [`https://${A20}@git.invalid/a.git`, 'https://[REDACTED:url-userinfo]@git.invalid/a.git'],
    [
      'amqp://a:b@h1,amqp://c:d@h2',
      'amqp://[REDACTED:url-userinfo]@h1,amqp://[REDACTED:url-userinfo]@h2',
    ],
    ['"http://user:pass@[::1]:80"', '"http://[REDACTED:url-userinfo]@[::1]:80"'],
  ],
  'assignments in shells and settings': [
    ['export DB_PASSWORD=hunter2 && x', 'export DB_PASSWORD=[REDACTED:password] && x'],
    ['DB_PASSWORD="a b" npm start', 'DB_PASSWORD="[REDACTED:password]" npm start'],
    ['PASSWORD=\'a "b" c\';x', "PASSWORD='[REDACTED:password]';x"],
    ["pw: it's\nPASSWORD=it's2", "pw: it's\nPASSWORD=[REDACTED:password]"],
    ['PASSWORD="a \\" b" x', 'PASSWORD="[REDACTED:password]" x'],
    ['A="x" PASSWORD=" a b"', 'A="x" PASSWORD="[REDACTED:password]"'],
    ['PASSWORD=a\\ b', 'PASSWORD=[REDACTED:password]'],
    ['password = secretword', 'password = [REDACTED:password]'],
    ['passwd=x; passphrase=y', 'passwd=[REDACTED:password]; passphrase=[REDACTED:password]'],
    ['aws_secret_access_key = fake/fake+fake', 'aws_secret_access_key = [REDACTED:secret]'],
    [
      'SECRET_KEY_BASE=fake SIGNING_KEY=fake',
      'SECRET_KEY_BASE=[REDACTED:secret] SIGNING_KEY=[REDACTED:api-key]',
    ],
    [
      'GOOGLE_CREDENTIALS=fake TOKEN_V2=fake',
      'GOOGLE_CREDENTIALS=[REDACTED:credentials] TOKEN_V2=[REDACTED:token]',
    ],
    ['//registry.npmjs.org/:_authToken=fake', '//registry.npmjs.org/:_authToken=[REDACTED:token]'],
    ['GET /?access_token=fake&page=2', 'GET /?access_token=[REDACTED:token]&page=2'],
    ['Server=x;Password=fake;Database=y', 'Server=x;Password=[REDACTED:password];Database=y'],
    ['const char *password = "a b";', 'const char *password = "[REDACTED:password]";'],
    ["env['TOKEN'] = 'fake'", "env['TOKEN'] = '[REDACTED:token]'"],
    ['PASSWORD=fake\0HOME=/x', 'PASSWORD=[REDACTED:password]\0HOME=/x'],
    ['User{password=fake, name=x}', 'User{password=[REDACTED:password], name=x}'],
    ['X-Api-Key: fake', 'X-Api-Key: [REDACTED:api-key]'],
    ['password=pässwörd✓ x', 'password=[REDACTED:password] x'],
  ],
  'assignments in JSON and programs': [
    ['{"password":"x"}', '{"password":"[REDACTED:password]"}'],
    ['{"password": "a \\" b\\\\", "n": 1}', '{"password": "[REDACTED:password]", "n": 1}'],
    [
      '{"t":"{\\"password\\":\\"a \\\\\\" b\\",\\"n\\":1}"}',
      '{"t":"{\\"password\\":\\"[REDACTED:password]\\",\\"n\\":1}"}',
    ],
    ['{"password":12345,"n":1}', '{"password":"[REDACTED:password]","n":1}'],
    ['{"cmd":"PASSWORD=fake\\nnext"}', '{"cmd":"PASSWORD=[REDACTED:password]\\nnext"}'],
    ['{"cmd":"PASSWORD=\\"a b\\" next"}', '{"cmd":"PASSWORD=\\"[REDACTED:password]\\" next"}'],
    ["{'api_key': 'x y', 'n': 1}", "{'api_key': '[REDACTED:api-key]', 'n': 1}"],
    [':secret => "x"', ':secret => "[REDACTED:secret]"'],
    [
      'clientSecret: "x", accessToken: "y"',
      'clientSecret: "[REDACTED:secret]", accessToken: "[REDACTED:token]"',
    ],
    [
      '"SecretAccessKey": "x", "SessionToken": "y"',
      '"SecretAccessKey": "[REDACTED:secret]", "SessionToken": "[REDACTED:token]"',
    ],
  ],
  'assignments in YAML': [
    ['password: fake', 'password: [REDACTED:password]'],
    ['  - token: fakeword # why', '  - token: [REDACTED:token] # why'],
    ["  secret: 'it''s'", "  secret: '[REDACTED:secret]'"],
    ['{user: bob, password: fake}', '{user: bob, password: [REDACTED:password]}'],
    ['api-key: "x y"', 'api-key: "[REDACTED:api-key]"'],
  ],
  flags: [
    ['mysql --password x -u root', 'mysql --password [REDACTED:password] -u root'],
    [
      "tool --db-password 'x y' --api-key=z",
      "tool --db-password '[REDACTED:password]' --api-key=[REDACTED:api-key]",
    ],
    ['["tool","--token","x y","-v"]', '["tool","--token","[REDACTED:token]","-v"]'],
  ],
  'e-mail addresses': [
    ['Author: A B <a.b+c@mail.example.org>', 'Author: A B <[REDACTED:email]>'],
    ['{"t":"by\\na@example.org\\n"}', '{"t":"by\\n[REDACTED:email]\\n"}'],
    ['写信a@example.org谢谢', '写信[REDACTED:email]谢谢'],
    ['a@münchen.example', '[REDACTED:email]'],
  ],
};

describe.each(Object.entries(CASES))('hides %s', (_, cases) => {
  it.each(cases)('%s', (text, shown) => {
    expect(redact(text)).toBe(shown);
    expect(redact(shown)).toBe(shown);
  });
});
