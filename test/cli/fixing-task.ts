import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { useProject, type Calling, type CliProject } from './cli-project.ts';

const TELLS = 'cat > "prompt-$AUTOLOOP_ITERATION"';

interface Task {
  /** What the second agent does, and all after it. */
  readonly 2?: string;
  readonly gates?: string;
  readonly task?: string;
}

/** A project of a task "fix", whose agent is a script that can `write` its work. */
export function useTask(first: string, { 2: later, gates, task = '' }: Task): CliProject {
  const scripts = `case $AUTOLOOP_ITERATION in 1) ${first} ;; *) ${later ?? first} ;; esac`;
  const project = useProject('');
  mkdirSync(project.path('tasks/fix'), { recursive: true });
  project.write('tasks/fix/prompt.md', '# Fix it\n');
  project.write(
    'tasks/fix/task.mjs',
    `export default { ${task} ${gates === undefined ? '' : `gates: ${gates}`} };\n`,
  );
  project.write('agent.sh', `#!/bin/sh\n${TELLS}\nwrite() { echo "$1" > work; }\n${scripts}\n`);
  project.write('.gitignore', 'prompt-*\ngate-pid\nledger\n.cache\n');
  return project;
}

export function loop(project: CliProject, command: string, ...more: string[]): Calling {
  const agent = ['--agent', 'command', '--agent-command', './agent.sh'];
  return project.begin(command, '--task', 'fix', ...agent, ...more);
}

export function useRepository(project: CliProject): (...args: string[]) => string {
  const identity = { GIT_AUTHOR_NAME: 'U', GIT_AUTHOR_EMAIL: 'u@e.org' };
  const committer = { GIT_COMMITTER_NAME: 'U', GIT_COMMITTER_EMAIL: 'u@e.org' };
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: project.directory,
    ...identity,
    ...committer,
  };
  project.environment = { ...identity, ...committer };
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: project.directory, env, encoding: 'utf8' });
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--message=first');
  return git;
}

export function told(project: CliProject, name: string): Readonly<Record<string, unknown>>[] {
  const path = project.path('data/fix/events.ndjson');
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
    .filter(({ event }) => event === name)
    .map(({ details }) => details);
}

export function outcomes(project: CliProject): unknown[] {
  return told(project, 'iteration_end').map(({ outcome }) => outcome);
}

export function promptFile(project: CliProject, iteration: number): string {
  return readFileSync(project.path(`prompt-${iteration}`), 'utf8');
}
