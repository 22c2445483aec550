import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EXIT } from '../../src/domain/error.ts';
import type { JournalEntry, JournalStart, JournalStep } from '../../src/domain/journal.ts';
import { journaledRuns, readJournal } from '../../src/stores/journal/read-journal.ts';
import { RunJournal } from '../../src/stores/journal/run-journal.ts';
import { canMount, fillDisk, smallDisk } from './small-disk.ts';
import { temporaryFolder } from './temporary-folder.ts';

const RUN = '20260101T000000-aaaaaa';

function start(n: number, kind: JournalStart['start'] = 'new'): JournalStart {
  return {
    ...{ start: kind, n, at: 1, run_id: RUN, autoloop: '1', machine: 'loop', version: 1 },
    ...{ definitionHash: 'hash', snapshot: { value: 'idle' } },
  };
}

function step(n: number, text = ''): JournalStep {
  return { n, at: n, event: { type: 'timer.fired', text }, state: 'idle', hash: `${n}` };
}

function open(directory: string, { runId = RUN, maxBytes = 0 } = {}): RunJournal {
  return new RunJournal({ directory, runId, maxBytes });
}

function kept(directory: string, runId = RUN): string[] {
  const name = (entry: JournalEntry): string =>
    'start' in entry ? `${entry.start} ${entry.n}` : `${entry.n}`;
  return [...readJournal(directory, runId)].map(name);
}

describe('the journal of a run', () => {
  test('of a run whose clock was set back outlives those of others', () => {
    const directory = join(temporaryFolder(), 'journal');
    const later = open(directory, { runId: '20990101T000000-aaaaaa', maxBytes: 2_000 });
    later.begin(start(0));
    later.append(step(1, 'x'.repeat(1_500)), () => start(0));
    const own = open(directory, { maxBytes: 2_000 });
    own.begin(start(0));
    own.append(step(1, 'x'.repeat(1_500)), () => start(0));
    own.append(step(2), () => start(1, 'continued'));
    expect(journaledRuns(directory)).toEqual([RUN]);
  });

  test('goes on in a part of its own with each runner, and counts on', () => {
    const directory = join(temporaryFolder(), 'journal');
    const first = open(directory);
    first.begin(start(0));
    first.append(step(1), () => start(0));
    const second = open(directory);
    expect(second.lastStep).toBe(1);
    second.begin(start(1, 'resumed'));
    second.append(step(2), () => start(1));
    expect(kept(directory)).toEqual(['new 0', '1', 'resumed 1', '2']);
    expect(readdirSync(directory)).toEqual([`${RUN}.001.ndjson`, `${RUN}.002.ndjson`]);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    expect(statSync(join(directory, `${RUN}.001.ndjson`)).mode & 0o777).toBe(0o600);
  });

  test('passes over what a crash has torn', () => {
    const directory = join(temporaryFolder(), 'journal');
    const first = open(directory);
    first.begin(start(0));
    first.append(step(1), () => start(0));
    appendFileSync(join(directory, `${RUN}.001.ndjson`), '{"n":2,"at":1,"ev');
    const second = open(directory);
    expect(second.lastStep).toBe(1);
    second.begin(start(1, 'resumed'));
    expect(kept(directory)).toEqual(['new 0', '1', 'resumed 1']);
  });

  test('begins anew, from where the machine is, where somebody took its file away', () => {
    const directory = join(temporaryFolder(), 'journal');
    const journal = open(directory);
    journal.begin(start(0));
    rmSync(directory, { recursive: true });
    journal.append(step(1), () => start(0, 'continued'));
    expect(kept(directory)).toEqual(['continued 0', '1']);
  });

  test('of all runs takes no more than it may: the oldest parts go, and each begins by itself', () => {
    const directory = join(temporaryFolder(), 'journal');
    const maxBytes = 5_000;
    const text = 'x'.repeat(400);
    for (const runId of ['20250101T000000-aaaaaa', RUN]) {
      const journal = open(directory, { runId, maxBytes });
      journal.begin(start(0));
      for (let n = 1; n <= 30; n += 1) {
        journal.append(step(n, text), () => start(n - 1, 'continued'));
      }
    }
    const bytes = readdirSync(directory).reduce(
      (sum, name) => sum + statSync(join(directory, name)).size,
      0,
    );
    expect(bytes).toBeLessThanOrEqual(maxBytes * 1.2);
    expect(journaledRuns(directory)).toEqual([RUN]);
    expect(kept(directory)[0]).toMatch(/^continued/);
    expect(kept(directory).at(-1)).toBe('30');
  });

  test.each(['mkfifo', 'mkdir'])(
    'goes on in another part where somebody made it something else: %s',
    (make) => {
      const directory = join(temporaryFolder(), 'journal');
      const journal = open(directory);
      journal.begin(start(0));
      const path = join(directory, `${RUN}.001.ndjson`);
      rmSync(path);
      execFileSync(make, [path]);
      journal.append(step(1), () => start(0, 'continued'));
      journal.append(step(2), () => start(1, 'continued'));
      expect(kept(directory)).toEqual(['continued 0', '1', '2']);
    },
  );

  test.skipIf(!canMount)('leaves nothing of a step that the disk has no room for', () => {
    const directory = join(smallDisk(), 'journal');
    const journal = open(directory);
    journal.begin(start(0));
    fillDisk(directory, 8_192);
    expect(() => journal.append(step(1, 'x'.repeat(30_000)), () => start(0))).toThrow(
      expect.objectContaining({ code: EXIT.resourceExhausted }),
    );
    rmSync(join(directory, 'ballast'));
    journal.begin(start(1, 'gap'));
    journal.append(step(2), () => start(1));
    expect(kept(directory)).toEqual(['new 0', 'gap 1', '2']);
  });

  test('tells of a folder that cannot be one with 155', () => {
    const directory = join(temporaryFolder(), 'journal');
    const journal = open(directory);
    journal.begin(start(0));
    rmSync(directory, { recursive: true });
    writeFileSync(directory, '');
    expect(() => journal.append(step(1), () => start(0))).toThrow(
      expect.objectContaining({ code: EXIT.access, message: expect.stringContaining(directory) }),
    );
    expect(() => open(directory)).toThrow(expect.objectContaining({ code: EXIT.access }));
  });

  test('has no line for what is no entry', () => {
    const directory = join(temporaryFolder(), 'journal');
    open(directory).begin(start(0));
    const path = join(directory, `${RUN}.001.ndjson`);
    writeFileSync(path, `${readFileSync(path, 'utf8')}null\n{"n":"1"}\n[]\n\n`);
    expect(kept(directory)).toEqual(['new 0']);
    expect(journaledRuns(join(directory, 'nowhere'))).toEqual([]);
    writeFileSync(join(directory, '\u001B[2J.001.ndjson'), '');
    expect(journaledRuns(directory)).toEqual([RUN]);
  });
});
