import type { RunCommand } from './cli-context.ts';

export interface CommandRow {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly group: 'Loop' | 'Steer' | 'Look' | 'Set up';
  readonly summary: string;
  /** As commander writes them: `<n>` required, `[n]` optional. */
  readonly args?: string;
  /** `[flags, description]`. */
  readonly options?: readonly (readonly [flags: string, description: string])[];
  /** For our own processes only. */
  readonly hiddenOptions?: readonly string[];
  /** Takes every setting as a flag. */
  readonly takesSettings?: boolean;
  readonly load: () => Promise<{ readonly run: RunCommand }>;
}

const FRESH = ['--fresh', 'end an unfinished run first, then begin a new one'] as const;
const BOUNDS = [
  ['--until <HH:MM>', 'no new iteration from then on'],
  ['--for <duration>', 'no new iteration after so long (45m, 8h)'],
] as const;
const FORCE = ['--force', 'end the worker now instead of letting it finish'] as const;
const STOP_TIMEOUT = ['--timeout <seconds>', 'how long to wait, then force'] as const;
const FOLLOW = ['-f, --follow', 'go on as more comes'] as const;
const SINCE = ['--since <moment>', 'since an ISO time, HH:MM or 2h'] as const;
const UNTIL = ['--until <moment>', 'until then'] as const;

/** Every command; each is loaded only when it is called. */
export const COMMANDS: readonly CommandRow[] = [
  {
    name: 'run',
    aliases: ['run-loop'],
    group: 'Loop',
    summary: 'run the loop here, with live progress',
    options: [FRESH, ...BOUNDS],
    hiddenOptions: ['--ready-fd <fd>', '--trace <file>', '--unpause'],
    takesSettings: true,
    load: () => import('./commands/run.ts'),
  },
  {
    name: 'start',
    group: 'Loop',
    summary: 'run the loop in the background',
    options: [FRESH, ...BOUNDS],
    takesSettings: true,
    load: () => import('./commands/start.ts'),
  },
  {
    name: 'once',
    group: 'Loop',
    summary: 'run exactly one iteration and exit with its code',
    options: [FRESH],
    takesSettings: true,
    load: () => import('./commands/once.ts'),
  },
  {
    name: 'restart',
    group: 'Loop',
    summary: 'stop the loop, then start it',
    options: [FORCE, FRESH, ...BOUNDS],
    takesSettings: true,
    load: () => import('./commands/restart.ts'),
  },
  {
    name: 'dry-run',
    group: 'Loop',
    summary: 'show what the next iteration would do; start and write nothing',
    takesSettings: true,
    load: () => import('./commands/dry-run.ts'),
  },
  {
    name: 'select',
    group: 'Look',
    summary: 'what the next iteration would choose, and why',
    options: [['--explain', 'the score of each candidate, part by part']],
    takesSettings: true,
    load: () => import('./commands/select.ts'),
  },
  {
    name: 'stop',
    group: 'Steer',
    summary: 'finish the iteration, then end the loop',
    options: [FORCE, STOP_TIMEOUT],
    load: () => import('./commands/stop.ts'),
  },
  {
    name: 'force-stop',
    group: 'Steer',
    summary: 'end the worker and the loop now',
    options: [STOP_TIMEOUT],
    load: () => import('./commands/force-stop.ts'),
  },
  {
    name: 'pause',
    group: 'Steer',
    summary: 'finish what runs, then wait for resume',
    load: () => import('./commands/pause.ts'),
  },
  {
    name: 'resume',
    group: 'Steer',
    summary: 'go on after a pause, or with an unfinished run',
    options: BOUNDS,
    takesSettings: true,
    load: () => import('./commands/resume.ts'),
  },
  {
    name: 'skip-wait',
    group: 'Steer',
    summary: 'end the wait the loop is in',
    load: () => import('./commands/skip-wait.ts'),
  },
  {
    name: 'note',
    group: 'Steer',
    summary: 'hand a note to the next prompt',
    args: '<text>',
    options: [['--target <target>', 'only to prompts of this target']],
    load: () => import('./commands/note.ts'),
  },
  {
    name: 'undo',
    group: 'Steer',
    summary: 'revert the commit of an iteration (--checkpoint)',
    args: '<n>',
    load: () => import('./commands/undo.ts'),
  },
  {
    name: 'rotate',
    group: 'Steer',
    summary: 'rotate log and events now, and remove what is too old',
    options: [
      ['--events', 'only the events'],
      ['--keep <n>', 'generations to keep; default: --rotate-keep'],
    ],
    load: () => import('./commands/rotate.ts'),
  },
  {
    name: 'prune',
    group: 'Steer',
    summary: 'remove old iterations and rotated files now; --dry-run only lists them',
    options: [
      ['--dry-run', 'tell what would go, and why'],
      ['--keep-iterations <n>', 'iterations to keep'],
      ['--keep-days <days>', 'days to keep them'],
      ['--rotate-keep <n>', 'generations to keep'],
      ['--rotate-days <days>', 'days to keep them'],
      ['--max-data-mb <mb>', "size of the loop's folder"],
    ],
    load: () => import('./commands/prune.ts'),
  },
  {
    name: 'status',
    group: 'Look',
    summary: 'what the loop is doing, why and since when',
    options: [
      ['--all', 'every loop of this project'],
      ['--watch', 'again and again'],
    ],
    load: () => import('./commands/status.ts'),
  },
  {
    name: 'report',
    group: 'Look',
    summary: 'what it was worth: progress, cost, trouble and advice, as a page with charts',
    options: [
      ['--all', 'every loop of this project, in one page'],
      ['--since <moment>', 'since an ISO time, HH:MM or 2h'],
      ['--format <format>', 'html, md or json'],
      ['-o, --output <file>', 'where to; - is stdout'],
    ],
    load: async () => (await import('./rare-commands.ts')).report(),
  },
  {
    name: 'attach',
    group: 'Look',
    summary: 'watch a living loop; leaving leaves it alone',
    load: () => import('./commands/attach.ts'),
  },
  {
    name: 'logs',
    group: 'Look',
    summary: 'the loop log, or what a worker printed',
    options: [
      ['--iteration <n>', "that iteration's worker output, a line per thing said or done"],
      ['--raw', 'that output as it was kept'],
      FOLLOW,
      ['-n <lines>', 'last lines'],
    ],
    load: () => import('./commands/logs.ts'),
  },
  {
    name: 'events',
    group: 'Look',
    summary: 'what happened, event by event',
    options: [
      FOLLOW,
      ['--type <name>', 'only these events'],
      ['--iteration <n>', 'only this iteration'],
      ['--run <id>', 'only this run'],
      SINCE,
      UNTIL,
      ['-n <lines>', 'last events'],
    ],
    load: () => import('./commands/events.ts'),
  },
  {
    name: 'iterations',
    group: 'Look',
    summary: 'table of the last iterations',
    args: '[n]',
    load: () => import('./commands/iterations.ts'),
  },
  {
    name: 'show',
    group: 'Look',
    summary: 'one iteration whole',
    args: '<n>',
    load: () => import('./commands/show.ts'),
  },
  {
    name: 'json',
    group: 'Look',
    summary: 'figures for machines: summary, recent, inflight, durations, errors, …',
    args: '[sub] [n]',
    options: [
      ['--rebuild', 'summary: from the events, whatever summary.json says'],
      SINCE,
      UNTIL,
      ['--last <n>', 'only the last iterations'],
    ],
    load: () => import('./commands/json.ts'),
  },
  {
    name: 'replay',
    group: 'Look',
    summary: 'play a past run again through the machine, without an effect',
    options: [
      ['--run <id>', 'this run; default: the last one'],
      ['--until <n>', 'no further than this step'],
      ['--step', 'walk through it, step by step'],
      ['--from <file>', 'an archive that bundle has made, from any machine'],
    ],
    load: async () => (await import('./rare-commands.ts')).replay(),
  },
  {
    name: 'bundle',
    group: 'Look',
    summary: 'a run in one redacted archive that replays anywhere: for a bug report',
    options: [
      ['--run <id>', 'this run; default: the last one'],
      ['-o, --output <file>', 'where to; - is stdout'],
    ],
    load: async () => (await import('./rare-commands.ts')).bundle(),
  },
  {
    name: 'graph',
    group: 'Look',
    summary: "the machine's diagram, made from the machine",
    options: [
      ['--format <format>', 'mermaid, svg, json, or stately for its editor'],
      ['--machine <name>', 'loop, attempt or breaker'],
      ['--from-run [id]', 'what the loop has done, in this run or in all, by colours and figures'],
    ],
    load: async () => (await import('./rare-commands.ts')).graph(),
  },
  {
    name: 'inspect',
    group: 'Look',
    summary: 'a page that shows all loops live: machine, messages, output; and steers them',
    options: [
      ['--port <n>', 'port of 127.0.0.1; default: one that is free'],
      ['--open', 'open it in the browser'],
      ['--stately', "also for Stately's inspector and other clients of its protocol"],
    ],
    load: async () => (await import('./rare-commands.ts')).inspect(),
  },
  {
    name: 'init',
    group: 'Set up',
    summary: 'set up .autoloop/ in this project',
    options: [
      ['--task <name>', 'name of the task to make'],
      ['--agent <name>', 'agent it is to use'],
      ['-y, --yes', 'ask nothing'],
    ],
    load: () => import('./commands/init.ts'),
  },
  {
    name: 'tasks',
    group: 'Set up',
    summary: 'the tasks there are: list, new NAME, validate [NAME]',
    args: '[action] [name]',
    load: () => import('./commands/tasks.ts'),
  },
  {
    name: 'health',
    aliases: ['doctor'],
    group: 'Set up',
    summary: 'check every precondition and say the fix',
    takesSettings: true,
    load: () => import('./commands/health.ts'),
  },
  {
    name: 'notify',
    group: 'Set up',
    summary: 'send a test notification to each target of --notify',
    options: [['--test', 'send it; without, nothing is sent']],
    takesSettings: true,
    load: () => import('./commands/notify.ts'),
  },
  {
    name: 'config',
    group: 'Set up',
    summary: "the user's defaults: list, get, set, unset, path",
    args: '[action] [key] [value]',
    load: () => import('./commands/config.ts'),
  },
];
