import { BASE62, BASE64, BASE64URL, DIGITS, LOWER, UPPER, type Seeded } from './seeded.ts';

/**
 * A text with secrets in it; none of them may survive. All of them are made up from random letters.
 */
export interface Planted {
  readonly text: string;
  readonly secrets: readonly string[];
}

interface Named {
  readonly name: string;
  readonly value: string;
}

/** Values that the redactors under test are told of. */
export const KNOWN: readonly [Named, ...Named[]] = [
  { name: 'FAKE_SERVICE_TOKEN', value: 'fakeServiceValue0123' },
  { name: 'FAKE_ODD_SECRET', value: 'fake/odd "va\\lue" + ü?' },
  { name: 'FAKE_LONG_KEY', value: `fake${'0123456789abcdef'.repeat(40)}` },
  { name: 'FAKE_LINES_KEY', value: 'fake first line\n  fake second line\nfake third line' },
];

type Plant = (random: Seeded) => Planted;

const one = (text: string, secret: string): Planted => ({ text, secrets: [secret] });

/** Like a password: surely no word, no expression and no placeholder. */
const password = (random: Seeded): string =>
  `${random.letters(4, LOWER)}${random.letters(3, DIGITS)}${random.letters(random.between(1, 12), `${BASE62}!#%*+-_~^@`)}9`;
const name = (random: Seeded): string =>
  random.pick([
    'PASSWORD',
    'DB_PASSWORD',
    'password',
    'passwd',
    'userPassword',
    'client_secret',
    'SECRET',
    'API_TOKEN',
    'token',
    'accessToken',
    'api_key',
    'apiKey',
    'API_KEY',
    'x-api-key',
    'passphrase',
    'AWS_SECRET_ACCESS_KEY',
    'SIGNING_KEY',
  ]);

const token =
  (make: (random: Seeded) => string): Plant =>
  (random) => {
    const secret = make(random);
    return one(secret, secret);
  };

const TOKENS: Readonly<Record<string, Plant>> = {
  'anthropic-key': token(
    (random) => `sk-ant-api03-${random.letters(random.between(20, 95), BASE64URL)}`,
  ),
  'sk-key': token(
    (random) =>
      `sk-${random.pick(['', 'proj-', 'svcacct-'])}${random.letters(random.between(24, 60), BASE62)}`,
  ),
  'api-key': token(
    (random) =>
      `api_${random.letters(11, BASE62)}7${random.letters(random.between(8, 30), BASE62)}`,
  ),
  'github-token': token(
    (random) => `${random.pick(['ghp', 'gho', 'ghu', 'ghs', 'ghr'])}_${random.letters(36, BASE62)}`,
  ),
  'github-pat': token(
    (random) => `github_pat_${random.letters(22, BASE62)}_${random.letters(59, BASE62)}`,
  ),
  'gitlab-token': token((random) => `glpat-${random.letters(20, BASE64URL)}`),
  'aws-access-key': token(
    (random) => `${random.pick(['AKIA', 'ASIA'])}${random.letters(16, UPPER + DIGITS)}`,
  ),
  'google-key': token((random) => `AIza${random.letters(35, BASE64URL)}`),
  'google-token': token((random) => `ya29.${random.letters(random.between(30, 120), BASE64URL)}`),
  'slack-token': token(
    (random) =>
      `xox${random.pick(['b', 'p', 'a', 'r', 's'])}-${random.letters(12, DIGITS)}-${random.letters(24, BASE62)}`,
  ),
  'slack-app-token': token(
    (random) =>
      `xapp-1-${random.letters(11, UPPER + DIGITS)}-${random.letters(13, DIGITS)}-${random.letters(64, LOWER + DIGITS)}`,
  ),
  'stripe-key': token(
    (random) =>
      `${random.pick(['sk', 'rk', 'pk'])}_${random.pick(['live', 'test'])}_${random.letters(random.between(16, 99), BASE62)}`,
  ),
  'stripe-webhook': token((random) => `whsec_${random.letters(32, BASE62)}`),
  'npm-token': token((random) => `npm_${random.letters(36, BASE62)}`),
  jwt: token((random) => {
    const part = (least: number, most: number): string =>
      random.letters(random.between(least, most), BASE64URL);
    return `eyJ${part(20, 60)}.eyJ${part(20, 400)}.${part(43, 86)}`;
  }),
};

const slackWebhook: Plant = (random) => {
  const path = `T${random.letters(8, UPPER)}/B${random.letters(8, UPPER)}/${random.letters(24, BASE62)}`;
  return one(`https://hooks.slack.com/services/${path}`, path);
};

const email: Plant = (random) => {
  const address = `${random.letters(random.between(1, 12), LOWER)}.${random.letters(6, LOWER)}@${random.letters(8, LOWER)}.example.${random.pick(['com', 'org', 'invalid'])}`;
  return one(address, address);
};

const userinfo: Plant = (random) => {
  const secret = random.letters(random.between(8, 30), `${BASE62}-_.~!$&()*+,;=%@`);
  return one(
    `${random.pick(['https', 'postgres', 'redis', 'amqp+ssl'])}://${random.pick(['', 'admin', 'svc-user'])}:${secret}@host.invalid:5432/db?x=1`,
    secret,
  );
};

const webToken: Plant = (random) => {
  const secret = random.letters(30, BASE62);
  return one(`git clone https://${secret}@git.invalid/fake/repo.git`, secret);
};

const shell: Plant = (random) => {
  const secret = password(random);
  return one(`export ${name(random)}=${secret}`, secret);
};

const quoted: Plant = (random) => {
  const secret = `${password(random)} ${password(random)}`;
  const mark = random.pick(['"', "'"]);
  return one(`${name(random)}${random.pick(['=', ' = ', ': '])}${mark}${secret}${mark}`, secret);
};

const setting: Plant = (random) => {
  const secret = password(random);
  return one(`${name(random)}${random.pick([' = ', ': ', ':'])}${secret}`, secret);
};

const word: Plant = (random) => {
  const secret = `fakeword${random.letters(8, LOWER)}`;
  return one(
    random.pick([`password: ${secret}\n`, `DB_PASSWORD=${secret}`, `  secret: ${secret} # why`]),
    secret,
  );
};

const json: Plant = (random) => {
  const secret = `${password(random)}${random.pick(['', '"', '\\', ' \\" ', '\\\\"'])}${password(random)}`;
  const text = JSON.stringify({ before: 1, [name(random)]: secret, after: [2] });
  return { text, secrets: [JSON.stringify(secret).slice(1, -1)] };
};

const flag: Plant = (random) => {
  const secret = password(random);
  const argument = random.pick([` ${secret}`, ` '${secret}'`, `=${secret}`, `="${secret}"`]);
  return one(
    `tool --${random.pick(['password', 'db-password', 'token', 'api-key'])}${argument} --verbose`,
    secret,
  );
};

const query: Plant = (random) => {
  const secret = random.letters(20, BASE62);
  return one(
    `GET https://api.invalid/v1?limit=5&${random.pick(['access_token', 'api_key', 'token'])}=${secret}&page=2`,
    secret,
  );
};

const authorization: Plant = (random) => {
  const secret = random.letters(random.between(20, 60), `${BASE62}._~+/-`);
  return one(
    random.pick([
      `Authorization: Bearer ${secret}`,
      `authorization: ${secret}`,
      `curl -H "Authorization: token ${secret}" x`,
      `sent Bearer ${secret}`,
      `{"Authorization":"Bearer ${secret}"}`,
    ]),
    secret,
  );
};

const basic: Plant = (random) => {
  const secret = Buffer.from(`fake:${password(random)}`).toString('base64');
  return one(
    random.pick([`Authorization: Basic ${secret}`, `used Basic ${secret} for it`]),
    secret,
  );
};

const known: Plant = (random) => {
  const { value } = random.pick(KNOWN);
  const offset = random.pick(['', 'x', 'xy']);
  const encoded = Buffer.from(`${offset}${value}!`).toString('base64');
  const core = encoded.slice(
    offset.length + 1,
    offset.length + 1 + Math.floor((value.length * 8) / 6) - 3,
  );
  return random.pick<Planted>([
    one(`got ${value}!`, value),
    one(`got ${encodeURIComponent(value)}!`, encodeURIComponent(value)),
    one(`got ${JSON.stringify(value)}!`, JSON.stringify(value).slice(1, -1)),
    one(
      `got ${JSON.stringify(JSON.stringify(value))}!`,
      JSON.stringify(JSON.stringify(value).slice(1, -1)).slice(1, -1),
    ),
    one(`got ${encoded} .`, core),
    one(
      `got ${encoded.replaceAll('+', '-').replaceAll('/', '_')} .`,
      core.replaceAll('+', '-').replaceAll('/', '_'),
    ),
  ]);
};

export function privateKeyLines(random: Seeded): { lines: string[]; body: string[] } {
  const label = random.pick([
    'RSA PRIVATE KEY',
    'PRIVATE KEY',
    'OPENSSH PRIVATE KEY',
    'EC PRIVATE KEY',
    'ENCRYPTED PRIVATE KEY',
    'PGP PRIVATE KEY BLOCK',
  ]);
  const width = random.pick([64, 70, 76]);
  const body = Array.from({ length: random.between(1, 30) }, () => random.letters(width, BASE64));
  const last = `${random.letters(random.between(20, 60), BASE64)}==`;
  return {
    lines: [`-----BEGIN ${label}-----`, ...body, last, `-----END ${label}-----`],
    body: [...body, last],
  };
}

const privateKey: Plant = (random) => {
  const { lines, body } = privateKeyLines(random);
  const indent = random.pick(['', '  ', '    ']);
  return { text: `\n${lines.map((line) => indent + line).join('\n')}\n`, secrets: body };
};

const cutPrivateKey: Plant = (random) => {
  const { lines, body } = privateKeyLines(random);
  return {
    text: `\n${lines.slice(0, -1).join('\n')}\n\n  -- done: 3 files, 2 folders\n`,
    secrets: body,
  };
};

export const PLANTS: readonly [Plant, ...Plant[]] = [
  known,
  ...Object.values(TOKENS),
  slackWebhook,
  email,
  userinfo,
  webToken,
  shell,
  quoted,
  setting,
  word,
  json,
  flag,
  query,
  authorization,
  basic,
  privateKey,
  cutPrivateKey,
];

/** Texts in which nothing may be changed. */
export const CLEAN: readonly [(random: Seeded) => string, ...((random: Seeded) => string)[]] = [
  () => 'the token = the next word, and the password: must be long',
  () => 'max_tokens: 4096, tokens: 123, "token_count": 5, monkey=banana',
  () =>
    '{"usage":{"input_tokens":12,"cache_read_input_tokens":900},"session_id":"0f8fad5b-d9cb-469f-a165-70867728950e"}',
  (random) => `commit ${random.letters(40, '0123456789abcdef')}`,
  (random) => `sha512-${random.letters(86, BASE64)}==`,
  (random) =>
    `<img src="data:image/png;base64,${random.letters(random.between(40, 3000), BASE64)}">`,
  () =>
    'git clone git@github.com:fake/repo.git && cd repo; npm i lodash@4.17.21 @types/node@24.0.0',
  () => 'const token = lexer.next(); if (token.kind === "word" && !disk_task) return risk-free;',
  () => 'see https://example.org:8080/a/b?c=d#e and ssh://git@host.invalid/repo',
  () => 'PASSWORD=${VAR} TOKEN=$TOKEN SECRET="$(cat x)" api_key: <your-key> password: null,',
  () => 'ünïcödé \u{1f600} 漢字 → \t tab and \u001b[31mred\u001b[0m',
  () => '@decorator\n@app.route("/x")\n* bullet\n- item: 5',
];
