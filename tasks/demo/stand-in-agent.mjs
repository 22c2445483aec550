#!/usr/bin/env node
// Stands in for a real agent, so that the demo needs no account and no network. It reads the prompt from stdin as an agent
// does, builds the one item it names in the current folder, and ends with a report. It knows its three items by heart.
// Killed anywhere and started again, it finishes what is left.

import { execFileSync } from 'node:child_process';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

const FEATURES = [
  {
    flag: '--name',
    code: `if (process.argv.includes('--name')) {
  const name = process.argv[process.argv.indexOf('--name') + 1] ?? 'you';
  greeting = \`Hello, \${name}!\`;
}
`,
    check: ['--name', 'Ada'],
    expected: 'Hello, Ada!',
  },
  {
    flag: '--shout',
    code: `if (process.argv.includes('--shout')) {
  greeting = greeting.toUpperCase();
}
`,
    check: ['--shout'],
    expected: 'HELLO, WORLD!',
  },
  {
    flag: '--help',
    code: `if (process.argv.includes('--help')) {
  greeting = 'Usage: hello.mjs [--name NAME] [--shout] [--help]';
}
`,
    check: ['--help'],
    expected: 'Usage: hello.mjs [--name NAME] [--shout] [--help]',
  },
];

const LAST_LINE = 'console.log(greeting);\n';

const { values } = parseArgs({ options: { pace: { type: 'string', default: '600' } } });

try {
  await work(readFileSync(0, 'utf8'));
} catch (error) {
  report({ target: null, status: 'failed', issues: [error.message] });
  process.exitCode = 1;
}

async function work(prompt) {
  await say('Stand-in agent: I am a small script, no model. The files I change are real.');
  const item = itemOf(prompt);
  if (item === null) {
    return report({ target: null, status: 'complete', next: 'nothing' });
  }
  await say(`Item: ${item}`);
  const feature = FEATURES.find(({ flag }) => item.startsWith(flag));
  if (!feature) {
    return report({
      target: item,
      status: 'failed',
      issues: ['a stand-in knows only the items of the sample'],
    });
  }
  const changes = [await build(feature), await checkOff(item, feature)];
  return reportDone(
    item,
    changes.filter((change) => change !== null),
  );
}

/** As the prompt names it; else the first open one. */
function itemOf(prompt) {
  const named = [...prompt.matchAll(/^This iteration's item of PRD\.md: (.+)$/gm)].at(-1)?.[1];
  return named?.trim() ?? openItems()[0] ?? null;
}

function openItems() {
  return [...readFileSync('PRD.md', 'utf8').matchAll(/^- \[ \] (.+)$/gm)].map((match) =>
    match[1].trim(),
  );
}

/** Returns what it changed, null where the code was there already. */
async function build({ code, flag }) {
  const program = readFileSync('hello.mjs', 'utf8');
  if (program.includes(code)) {
    await say(`hello.mjs knows ${flag} already.`);
    return null;
  }
  if (!program.includes(LAST_LINE)) {
    throw new Error('hello.mjs is no longer the sample it was; a stand-in cannot cope with that');
  }
  await say(`Editing hello.mjs:\n${code.replaceAll(/^(?=.)/gm, '  + ').trimEnd()}`);
  replaceFile(
    'hello.mjs',
    program.replace(LAST_LINE, () => `${code}\n${LAST_LINE}`),
  );
  return `hello.mjs: ${flag}`;
}

/** Only after it was seen to work. */
async function checkOff(item, { check, expected }) {
  const printed = execFileSync(process.execPath, ['hello.mjs', ...check], {
    encoding: 'utf8',
  }).trim();
  await say(`Trying it: hello.mjs ${check.join(' ')}\n  ${printed}`);
  if (printed !== expected) {
    throw new Error(`hello.mjs ${check.join(' ')} printed "${printed}", not "${expected}"`);
  }
  const prd = readFileSync('PRD.md', 'utf8');
  if (!prd.includes(`- [ ] ${item}`)) {
    return null;
  }
  await say('It works. Checking it off in PRD.md.');
  replaceFile(
    'PRD.md',
    prd.replace(`- [ ] ${item}`, () => `- [x] ${item}`),
  );
  return 'PRD.md: checked off';
}

/** As a whole: nobody ever sees half of it. */
function replaceFile(path, text) {
  writeFileSync(`.${path}.new`, text, { mode: 0o600 });
  renameSync(`.${path}.new`, path);
}

function reportDone(target, changes) {
  const [next] = openItems();
  if (next === undefined) {
    return report({ target, status: 'complete', changes, next: 'nothing' });
  }
  return report({ target, status: changes.length === 0 ? 'no_change' : 'success', changes, next });
}

function report({ target, status, changes = [], issues = [], next = null }) {
  console.log(
    `\n\`\`\`json\n${JSON.stringify({ target, status, changes, issues, next }, null, 2)}\n\`\`\``,
  );
}

async function say(text) {
  console.log(text);
  await sleep(Number(values.pace));
}
