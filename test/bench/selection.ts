import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoopWorld } from '../../src/actors/loop-world.ts';
import { NeedMemory } from '../../src/actors/select-target/need-memory.ts';
import { orderCandidates } from '../../src/actors/select-target/order-candidates.ts';
import type { TaskDefinition } from '../../src/task/definition.ts';
import { figure, percentile, type Figure } from './figure.ts';

const TARGETS = 10_000;
const ROUNDS = 7;
const FILES = ['PRD.md', 'README.md', 'NOTES.md'];

/** One selection among 10,000 targets after one of them has changed; the need is what is open in files of 12 kB. */
export async function benchSelection(): Promise<Figure[]> {
  const workspace = mkdtempSync(join(tmpdir(), 'autoloop-bench-'));
  const names = Array.from({ length: TARGETS }, (_, at) => `scenario-${at}`);
  try {
    names.forEach((name) => mkdirSync(join(workspace, name)));
    names.forEach((name, at) => FILES.forEach((file) => write(workspace, `${name}/${file}`, at)));
    git(workspace, 'init', '--quiet');
    git(workspace, 'add', '.');
    return [
      await measure('files by size and time', {
        workspace,
        tellChange: () => {},
        offers: byFile(workspace, names),
      }),
      await measure("folders by git's hash", {
        workspace,
        tellChange: (file) => git(workspace, 'add', file),
        offers: byTree(workspace, names),
      }),
    ];
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}

interface Measuring {
  readonly workspace: string;
  readonly tellChange: (file: string) => void;
  readonly offers: NonNullable<TaskDefinition['targets']>;
}

async function measure(how: string, { workspace, tellChange, offers }: Measuring): Promise<Figure> {
  const first: number[] = [];
  const later: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const needs = new NeedMemory();
    first.push(await selectionMs({ workspace, offers, needs }));
    const changed = `scenario-${round}/PRD.md`;
    write(workspace, changed, round + 1);
    tellChange(changed);
    later.push(await selectionMs({ workspace, offers, needs }));
  }
  const baseline = { name: 'the first selection', value: percentile(first, 0.5) };
  const value = percentile(later, 0.5);
  return figure(`10,000 targets after one change, ${how}`, { value, unit: 'ms', baseline });
}

/** Each target by the file its need is worked out from. */
function byFile(workspace: string, names: readonly string[]): Measuring['offers'] {
  return () =>
    names.map((name) => ({
      name,
      inputs: [`${name}/PRD.md`],
      need: () => openShare(readFileSync(join(workspace, name, 'PRD.md'), 'utf8')),
    }));
}

/** Each target by the hashes of its folder in git's index, all told by one call; its need by all of its files. */
function byTree(workspace: string, names: readonly string[]): Measuring['offers'] {
  return () => {
    const versions = new Map<string, string>();
    for (const line of git(workspace, 'ls-files', '--stage').split('\n')) {
      const name = line.slice(50, line.indexOf('/', 50));
      versions.set(name, (versions.get(name) ?? '') + line.slice(7, 47));
    }
    return names.map((name) => ({
      name,
      version: versions.get(name) ?? '',
      need: () => {
        const texts = FILES.map((file) => readFileSync(join(workspace, name, file), 'utf8'));
        return openShare(texts.join('\n'));
      },
    }));
  };
}

/** As long as those of real projects. */
function write(workspace: string, file: string, seed: number): void {
  const lines = Array.from({ length: 160 }, (_, at) => {
    const box = (at * 7 + seed) % 3 === 0 ? 'x' : ' ';
    return `- [${box}] **P${at % 3}**: requirement ${at}, said in as many words as such a thing needs`;
  });
  writeFileSync(join(workspace, file), `# ${file}\n\n${lines.join('\n')}\n`);
}

/** What is open of it, the more urgent the heavier, in the forms in which people write that. */
function openShare(text: string): number {
  let open = 0;
  let all = 0;
  for (const line of text.split('\n')) {
    const [, box, rest = ''] = /^\s*(?:[-*+]|\d+[.)])\s+\[([ xX])\]\s+(.*)$/.exec(line) ?? [];
    if (box !== undefined) {
      const [, priority = '2'] = /(?:^|\W)P([0-2])(?:\W|$)/i.exec(rest) ?? [];
      const weight = 3 - Number(priority);
      all += weight;
      open += box === ' ' ? weight : 0;
    }
  }
  return all === 0 ? 0 : open / all;
}

function git(cwd: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd, encoding: 'utf8', maxBuffer: 64_000_000 });
}

async function selectionMs({
  workspace,
  offers,
  needs,
}: Pick<Measuring, 'workspace' | 'offers'> & { readonly needs: NeedMemory }): Promise<number> {
  const world = worldOf(workspace, { targets: offers });
  const { signal } = new AbortController();
  const before = performance.now();
  const { target } = await orderCandidates(world, { iteration: 1, signal, needs });
  if (target === null) {
    throw new Error('Nothing was chosen.');
  }
  return performance.now() - before;
}

function worldOf(workspace: string, definition: TaskDefinition): LoopWorld {
  const task = { name: 'bench', directory: workspace, file: '', shipped: false, definition };
  const paths = { directory: '', events: '', log: '', iterations: '' };
  const world = {
    ...{ loop: 'bench', runId: 'bench', root: workspace, workspace, task },
    ...{ agent: { name: 'command' }, paths: { ...paths, summaryJson: '', summaryText: '' } },
    clock: { now: () => Date.now() },
    summaries: { readMetrics: () => null },
    redact: (text: string) => text,
  };
  return world as unknown as LoopWorld;
}
