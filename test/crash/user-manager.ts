import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { useProject, type CliProject } from '../cli/cli-project.ts';
import { temporaryFolder } from '../stores/temporary-folder.ts';
import { eventually } from './crash-rig.ts';

const SYSTEMD = '/lib/systemd/systemd';

/** A control group and mounts of its own, where nothing of the machine is in its way or in its reach. $1: its name. */
const BOOT = `set -e
mount -t tmpfs none /run
mkdir -p /run/systemd/system /run/groups
mount -t cgroup2 none /run/groups
mkdir -p "/run/groups/$1/manager"
echo $$ > "/run/groups/$1/manager/cgroup.procs"
umount -l /sys/fs/cgroup/* 2> /dev/null || true
exec unshare --cgroup sh -c 'mount -t cgroup2 none /sys/fs/cgroup && exec "$@"' sh \\
  ${SYSTEMD} --user --unit=basic.target`;

const SWEEP = `mount -t cgroup2 none /mnt && find "/mnt/$1" -depth -type d -exec rmdir {} +`;

/** Whether this machine lets a test have a systemd of its own: as root, outside of a container. */
export const canManage =
  existsSync(SYSTEMD) &&
  spawnSync('unshare', ['--mount', '--cgroup', 'mount', '-t', 'cgroup2', 'none', '/mnt']).status ===
    0;

/** A real user manager of systemd for one project, asked through `systemctl --user`. */
export class UserManager {
  readonly project: CliProject = useProject();
  /** Not in the project's: what is left of that is looked for by its name. */
  readonly #folder = temporaryFolder();

  static async start(): Promise<UserManager> {
    const manager = new UserManager();
    await manager.#boot();
    return manager;
  }

  /** Throws what it complains of. */
  call(...args: string[]): string {
    const { status, stdout, stderr } = this.#systemctl(...args);
    if (status !== 0) {
      throw new Error(`systemctl ${args.join(' ')}: ${stderr}`);
    }
    return stdout.trim();
  }

  install(name: string, unit: string): void {
    writeFileSync(join(this.#folder, 'units', `${name}.service`), unit);
    this.call('daemon-reload');
  }

  /** Of a property of a unit. */
  show(unit: string, property: string): string {
    return this.call('show', '--value', '-p', property, unit);
  }

  async #boot(): Promise<void> {
    mkdirSync(join(this.#folder, 'units'));
    mkdirSync(join(this.#folder, 'run'), { mode: 0o700 });
    const group = basename(this.#folder);
    const boot = spawn('unshare', ['--mount', 'sh', '-c', BOOT, 'sh', group], {
      env: this.#environment,
      stdio: 'ignore',
    });
    const gone = new Promise((resolve) => boot.on('close', resolve));
    // Before its folders go.
    onTestFinished(async () => {
      this.#systemctl('exit');
      await gone;
      spawnSync('unshare', ['--mount', 'sh', '-c', SWEEP, 'sh', group]);
    });
    const isUp = (): boolean => this.#systemctl('is-active', 'basic.target').status === 0;
    await eventually('systemd is up', isUp);
  }

  #systemctl(...args: string[]) {
    const env = this.#environment;
    return spawnSync('systemctl', ['--user', ...args], { env, encoding: 'utf8', timeout: 20_000 });
  }

  get #environment(): Record<string, string> {
    return {
      PATH: process.env['PATH'] ?? '/usr/bin:/bin',
      HOME: this.#folder,
      XDG_RUNTIME_DIR: join(this.#folder, 'run'),
      SYSTEMD_UNIT_PATH: `${join(this.#folder, 'units')}:`,
    };
  }
}
