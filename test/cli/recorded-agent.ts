import { chmodSync } from 'node:fs';
import { endingsFile, outputFile, recordedEndings } from '../corpus/corpus.ts';
import type { CliProject } from './cli-project.ts';

/** A program of that agent's name, first on the PATH of the project: it says what was recorded of the real one. */
export function useRecordedAgent(
  project: CliProject,
  agent: string,
  plays: readonly string[],
): void {
  const cases = plays.map((name, index) => {
    const ending = recordedEndings(agent).find((candidate) => candidate.name === name);
    if (!ending || ending.exitCode === null) {
      throw new Error(`${endingsFile(agent)} has no ending ${name} with an exit code`);
    }
    const isLast = index === plays.length - 1;
    return `${isLast ? '*' : index + 1}) cat "${outputFile(agent, name)}"; exit ${ending.exitCode};;`;
  });
  useProgram(
    project,
    agent,
    `echo "$*" >> "${project.path(`${agent}-calls`)}"\nn=$(wc -l < "${project.path(`${agent}-calls`)}")\ncase $n in ${cases.join(' ')} esac`,
  );
}

/** A shell script of that name, first on the PATH of the project. */
export function useProgram(project: CliProject, name: string, script: string): void {
  project.write(name, `#!/bin/sh\ncat > "${project.path(`${name}-prompt`)}"\n${script}\n`);
  chmodSync(project.path(name), 0o755);
  project.environment = {
    ...project.environment,
    PATH: `${project.directory}:${process.env['PATH'] ?? '/usr/bin:/bin'}`,
  };
}
