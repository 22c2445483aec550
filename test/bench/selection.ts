import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoopWorld } from '../../src/actors/loop-world.ts';
import { NeedMemory } from '../../src/actors/select-target/need-memory.ts';
import { orderCandidates } from '../../src/actors/select-target/order-candidates.ts';
import type { TaskDefinition } from '../../src/task/definition.ts';
import { figure, percentile, type Figure } from './figure.ts';

const TARGETS = 10_000;
const ROUNDS = 9;

/** CPU time of one selection among 10,000 targets whose need is what is open in their PRD.md, after one of them has changed. */
export async function benchSelection(): Promise<Figure[]> {
  const workspace = mkdtempSync(join(tmpdir(), 'autoloop-bench-'));
  try {
    const names = Array.from({ length: TARGETS }, (_, at) => `scenario-${at}`);
    names.forEach((name) => mkdirSync(join(workspace, name)));
    names.forEach((name, at) => writePrd(workspace, name, at));
    const first: number[] = [];
    const later: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const needs = new NeedMemory();
      first.push(await selectionMs(workspace, names, needs));
      writePrd(workspace, names[round] ?? '', round + 1);
      later.push(await selectionMs(workspace, names, needs));
    }
    const baseline = { name: 'the first selection', value: percentile(first, 0.5) };
    return [
      figure('selection among 10,000 after one change (≤ 5 % of the first)', {
        ...{ value: percentile(later, 0.5), unit: 'ms', baseline },
      }),
    ];
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}

/** As long as those of real projects: 12 kB. */
function writePrd(workspace: string, name: string, seed: number): void {
  const lines = Array.from({ length: 160 }, (_, at) => {
    const box = (at * 7 + seed) % 3 === 0 ? 'x' : ' ';
    return `- [${box}] **P${at % 3}**: requirement ${at} of ${name}, said in so many words as they need`;
  });
  writeFileSync(join(workspace, name, 'PRD.md'), `# ${name}\n\n${lines.join('\n')}\n`);
}

async function selectionMs(
  workspace: string,
  names: readonly string[],
  needs: NeedMemory,
): Promise<number> {
  const definition: TaskDefinition = {
    targets: () =>
      names.map((name) => ({
        name,
        inputs: [`${name}/PRD.md`],
        need: () => openShare(readFileSync(join(workspace, name, 'PRD.md'), 'utf8')),
      })),
  };
  const { signal } = new AbortController();
  const before = process.cpuUsage();
  const { target } = await orderCandidates(worldOf(workspace, definition), {
    ...{ iteration: 1, signal, needs },
  });
  const { user, system } = process.cpuUsage(before);
  if (target === null) {
    throw new Error('Nothing was chosen.');
  }
  return (user + system) / 1000;
}

/** What is open of it, the more urgent the heavier, in the forms in which people write that. */
function openShare(prd: string): number {
  let open = 0;
  let all = 0;
  for (const line of prd.split('\n')) {
    const [, box, text = ''] = /^\s*(?:[-*+]|\d+[.)])\s+\[([ xX])\]\s+(.*)$/.exec(line) ?? [];
    if (box !== undefined) {
      const [, priority = '2'] = /(?:^|\W)P([0-2])(?:\W|$)/i.exec(text) ?? [];
      const weight = 3 - Number(priority);
      all += weight;
      open += box === ' ' ? weight : 0;
    }
  }
  return all === 0 ? 0 : open / all;
}

function worldOf(workspace: string, definition: TaskDefinition): LoopWorld {
  const task = { name: 'bench', directory: workspace, file: '', shipped: false, definition };
  const paths = { directory: '', events: '', log: '', iterations: '' };
  const world = {
    ...{
      loop: 'bench',
      runId: 'bench',
      root: workspace,
      workspace,
      task,
      agent: { name: 'command' },
    },
    paths: { ...paths, summaryJson: '', summaryText: '' },
    clock: { now: () => Date.now() },
    summaries: { readMetrics: () => null },
    redact: (text: string) => text,
  };
  return world as unknown as LoopWorld;
}
