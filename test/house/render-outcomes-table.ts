import {
  countsAsFailure,
  OUTCOMES,
  outcomeRule,
  type Outcome,
  type Recovery,
} from '../../src/domain/outcome.ts';

/** What the loop does about each outcome: the table it goes by, as a table of Markdown. */
export function renderOutcomesTable(): string {
  const head = [
    '| outcome | what happened | class | the loop | failure | exit code |',
    '|---|---|---|---|---|---|',
  ];
  const rows = (Object.keys(OUTCOMES) as Outcome[]).map((name) => {
    const { class: kind, recovery, exitCode, meaning } = outcomeRule(name);
    const counts = countsAsFailure(name) ? 'yes' : '–';
    return `| \`${name}\` | ${meaning} | ${kind} | ${RECOVERIES[recovery]} | ${counts} | ${exitCode} |`;
  });
  return [...head, ...rows].join('\n');
}

const RECOVERIES: Readonly<Record<Recovery, string>> = {
  continue: 'goes on',
  retry: 'tries again',
  wait: 'waits, then tries again',
  skip: 'leaves the iteration out',
  stop: 'ends the run',
};
