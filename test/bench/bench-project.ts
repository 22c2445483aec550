import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..');
export const NODE = join(ROOT, 'bin', 'node');
export const AUTOLOOP = join(ROOT, 'bin', 'autoloop');

/** A project in a temporary folder with a warm compile cache of its own. */
export class BenchProject {
  readonly directory = mkdtempSync(join(tmpdir(), 'autoloop-bench-'));
  readonly #children: ChildProcess[] = [];

  constructor(agent: string) {
    writeFileSync(join(this.directory, 'PROMPT.md'), '# Improve it\n');
    writeFileSync(join(this.directory, 'agent.sh'), `#!/bin/sh\n${agent}\n`, { mode: 0o755 });
  }

  get environment(): Record<string, string> {
    return { PATH: process.env['PATH'] ?? '/usr/bin:/bin', HOME: this.directory };
  }

  data(...parts: string[]): string {
    return join(this.directory, 'data', 'prompt', ...parts);
  }

  autoloop(...args: string[]): ChildProcess {
    const child = spawn(AUTOLOOP, args, {
      cwd: this.directory,
      env: this.environment,
      stdio: 'ignore',
    });
    this.#children.push(child);
    return child;
  }

  run(...flags: string[]): ChildProcess {
    const loop = ['--prompt', 'PROMPT.md', '--agent', 'command', '--agent-command', './agent.sh'];
    return this.autoloop('run', ...loop, ...flags);
  }

  events(name: string): { timestamp: string; seq: number }[] {
    const path = this.data('events.ndjson');
    const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
    return lines
      .filter((line) => line.includes(`"event":"${name}"`))
      .map((line) => JSON.parse(line));
  }

  remove(): void {
    this.#children.forEach((child) => child.kill('SIGKILL'));
    rmSync(this.directory, { recursive: true, force: true });
  }
}

export function exited(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.on('exit', resolve));
}

export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** From `/proc/PID/status`, in MB: `VmRSS` now, `VmHWM` at its peak. */
export function memoryMb(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
}

/** Seconds of CPU so far. */
export function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
