import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'vitest';
import type { LoopStatus } from '../../src/domain/loop-status.ts';
import { CrashProject, ended, eventually, type DiskEvent, type Life } from './crash-rig.ts';
import { endProject } from './end-project.ts';

const AUTOLOOP = join(import.meta.dirname, '..', '..', 'bin', 'autoloop');
const NO_JITTER = join(import.meta.dirname, 'no-jitter.mjs');

/** Taken together with the faults of `die-at.mjs`: waits end at the moment they were asked for, not up to 90 s later. */
export const NO_JITTER_FAULTS = { NODE_OPTIONS: `--import=${NO_JITTER}` } as const;

/** A crash project whose loops are steered, and whose events are asked about waits. */
export class SteeredProject extends CrashProject {
  /** `stop`, `pause`, `status`, …: another program, on the loop of this project. */
  steerLoop(...words: readonly string[]): Promise<Life> {
    const child = spawn(AUTOLOOP, [...words, '--task', 'prompt'], {
      cwd: this.directory,
      env: {
        PATH: process.env['PATH'] ?? '/usr/bin:/bin',
        XDG_CACHE_HOME: join(tmpdir(), 'autoloop-test-cache'),
        HOME: this.directory,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return ended(child);
  }

  async status(): Promise<LoopStatus> {
    const { output } = await this.steerLoop('status', '--json');
    return JSON.parse(output);
  }

  /** Until an event of that name was recorded so many times. */
  async recorded(name: string, times = 1, deadlineMs?: number): Promise<void> {
    await eventually(
      `${times} × ${name}`,
      () => this.eventsNamed(name).length >= times,
      deadlineMs,
    );
  }

  /** Details of the events of that name, one detail each. */
  told(name: string, detail: string): unknown[] {
    return this.eventsNamed(name).map(({ details }) => details[detail]);
  }

  has(name: string): boolean {
    try {
      readFileSync(this.path(name));
      return true;
    } catch {
      return false;
    }
  }
}

/** Whatever is started in it is ended, by pid, when the test is over, however it ended. */
export function useSteeredProject(
  { onTestFinished }: Pick<TestContext, 'onTestFinished'>,
  options: ConstructorParameters<typeof CrashProject>[0],
): SteeredProject {
  const project = new SteeredProject(options);
  onTestFinished(() => endProject(project));
  return project;
}

/** The moment an event was recorded, epoch ms. */
export function momentOf(event: DiskEvent | undefined): number {
  return Date.parse(event?.timestamp ?? '');
}

/** The moment the n-th wait of that kind was to end, epoch ms; it must have begun once only. */
export function endOfWait(project: SteeredProject, kind: string, time = 1): number {
  const starts = project
    .eventsNamed('wait_start')
    .filter(({ details }) => details['kind'] === kind);
  return Date.parse(String(starts[time - 1]?.details['until']));
}
