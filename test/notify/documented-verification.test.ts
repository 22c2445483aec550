import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { signature } from '../../src/notify/sign.ts';
import { temporaryFolder } from '../stores/temporary-folder.ts';

const PAGE = readFileSync('docs/notifications.md', 'utf8');
const SECRET = '0123456789abcdef0123456789abcdef';
const BODY = '{"text":"läuft – nicht"}';

/** Prints how a genuine one, one with another body, one of another sender and an old one are judged. */
const PROGRAMS = {
  js: `\n\nprocess.stdout.write(JSON.parse(process.argv[2]).map(([h, b]) => isGenuine(h, b, '${SECRET}')).join());`,
  python: `\n\nimport json, sys\nprint(",".join(str(is_genuine(h, b, "${SECRET}")).lower() for h, b in json.loads(sys.argv[1])), end="")`,
};

describe('what the documentation tells receivers to do', () => {
  it('tells what is genuine from what is not, in Node', () => {
    const file = join(temporaryFolder(), 'verify.mjs');
    writeFileSync(file, codeOf('js') + PROGRAMS.js);
    const { stdout, stderr } = spawnSync(process.execPath, [file, JSON.stringify(cases())], {
      encoding: 'utf8',
    });
    expect(stdout, stderr).toBe('true,false,false,false,false');
  });

  it.skipIf(spawnSync('python3', ['--version']).status !== 0)('and in Python', () => {
    const file = join(temporaryFolder(), 'verify.py');
    writeFileSync(file, codeOf('python') + PROGRAMS.python);
    const { stdout, stderr } = spawnSync('python3', [file, JSON.stringify(cases())], {
      encoding: 'utf8',
    });
    expect(stdout, stderr).toBe('true,false,false,false,false');
  });
});

function codeOf(language: string): string {
  return new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(PAGE)?.[1] ?? '';
}

function cases() {
  const now = Math.floor(Date.now() / 1000);
  return [
    [signed(SECRET, now), BODY],
    [signed(SECRET, now), `${BODY} `],
    [signed('another secret', now), BODY],
    [signed(SECRET, now - 3_600), BODY],
    [{ 'webhook-id': 'r1-7', 'webhook-timestamp': String(now) }, BODY],
  ];
}

function signed(secret: string, timestamp: number) {
  const id = 'r1-7';
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signature(secret, { id, timestamp, body: BODY }),
  };
}
