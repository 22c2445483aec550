import { spawn } from 'node:child_process';
import { Duplex } from 'node:stream';
import { resolveProgram } from '../config/resolve-program.ts';
import type { Command } from '../domain/attempt.ts';
import { AutoloopError, describeError, EXIT } from '../domain/error.ts';
import type { Settings } from '../domain/settings.ts';
import {
  hearInit,
  INIT_FD,
  namespaceCommand,
  withInit,
  type NamespaceForm,
} from '../isolation/namespace-init.ts';

/** Whether workers can have a PID namespace of their own. */
export type NamespaceProbe =
  | { readonly namespace: Command; readonly form: NamespaceForm }
  | { readonly namespace: null; readonly reason: string };

/** What `--supervision` comes to on this machine; throws AutoloopError 150 where `strict` cannot be had. */
export async function namespaceFor(wanted: Settings['supervision']): Promise<Command | null> {
  if (wanted === 'base') {
    return null;
  }
  const probe = await probeNamespace();
  if (probe.namespace === null && wanted === 'strict') {
    throw new AutoloopError({
      code: EXIT.configuration,
      message: `Strict supervision cannot be had here: ${probe.reason}.`,
      fix: 'Allow PID namespaces to this user, or accept what there is: --supervision auto',
    });
  }
  return probe.namespace;
}

/** Asked once: a machine does not change its mind while a runner lives. */
export function probeNamespace(): Promise<NamespaceProbe> {
  asked ??= tryForms();
  return asked;
}

let asked: Promise<NamespaceProbe> | null = null;

async function tryForms(): Promise<NamespaceProbe> {
  if (process.platform !== 'linux') {
    return { namespace: null, reason: 'only Linux has PID namespaces' };
  }
  const programs = findPrograms();
  if ('missing' in programs) {
    return { namespace: null, reason: `${programs.missing} of util-linux was not found` };
  }
  const reasons: string[] = [];
  for (const form of formsToTry()) {
    const namespace = namespaceCommand({ form, ...programs });
    const reason = await whyItFails(namespace);
    if (reason === null) {
      return { namespace, form };
    }
    reasons.push(reason);
  }
  return { namespace: null, reason: reasons.join('; ') };
}

/** Root may lack the right to make one for itself, as in most containers, and still be given one as a user. */
function formsToTry(): readonly NamespaceForm[] {
  return process.geteuid?.() === 0 ? ['root', 'user'] : ['user'];
}

/** The system's own, whatever the PATH says. */
function findPrograms() {
  const find = (name: string): string | null =>
    resolveProgram(name, { environment: { PATH: '/usr/bin:/bin:/usr/sbin:/sbin' }, cwd: '/' });
  const [setpriv, unshare, shell] = ['setpriv', 'unshare', 'sh'].map(find);
  return setpriv && unshare && shell
    ? { setpriv, unshare, shell }
    : { missing: setpriv ? 'unshare' : 'setpriv' };
}

/** Plays the whole of it with `true` for an agent; null: it works. */
function whyItFails(namespace: Command): Promise<string | null> {
  return new Promise((resolve) => {
    const { file, args } = withInit(namespace, { file: '/bin/true', args: [] }, 0);
    const child = spawn(file, args, {
      cwd: '/',
      detached: true,
      env: {},
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    });
    const timer = setTimeout(() => end('it did not answer'), LONGEST_MS);
    const channel = child.stdio[INIT_FD];
    let words = '';
    let isGood = false;
    const end = (reason: string | null): void => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      resolve(reason);
    };
    child.stderr?.on('data', (bytes) => (words += String(bytes)));
    child.once('error', (error) => end(describeError(error).message));
    child.once('close', () => end(isGood ? null : oneLine(words) || 'it ended at once'));
    if (channel instanceof Duplex) {
      const begin = hearInit(channel, {
        up: () => begin(),
        ended: (exitCode, processes) => {
          isGood = exitCode === 0 && processes === 1;
          begin();
        },
      });
    }
  });
}

const LONGEST_MS = 5_000;

function oneLine(words: string): string {
  return words.trim().split('\n')[0]?.slice(0, 200) ?? '';
}
