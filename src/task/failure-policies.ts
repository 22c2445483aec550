/** What follows when a hook fails: goes on as if the task had no such hook, ends the iteration, or ends the run. */
export type FailurePolicy = 'warn' | 'skip' | 'stop';

/** What a task may declare; every other hook warns. */
export interface FailurePolicies {
  readonly checkWorkerAvailable?: 'warn' | 'stop';
  readonly selectTarget?: FailurePolicy;
  /** A function or a program. */
  readonly selector?: FailurePolicy;
  readonly targets?: FailurePolicy;
  readonly promptCandidates?: FailurePolicy;
  readonly buildHelperContext?: FailurePolicy;
  readonly buildPrompt?: FailurePolicy;
  readonly prepareWorkerEnv?: FailurePolicy;
  /** The agent must not do what another program was to do. */
  readonly runWorker?: 'skip' | 'stop';
  /** Of a function; `warn` takes the work as it is. */
  readonly gates?: FailurePolicy;
}

/** What each may be declared to be; the first one where nothing is declared. */
export const FAILURE_POLICIES = {
  checkWorkerAvailable: ['stop', 'warn'],
  selectTarget: ['skip', 'warn', 'stop'],
  selector: ['skip', 'warn', 'stop'],
  targets: ['skip', 'warn', 'stop'],
  promptCandidates: ['skip', 'warn', 'stop'],
  buildHelperContext: ['warn', 'skip', 'stop'],
  buildPrompt: ['skip', 'warn', 'stop'],
  prepareWorkerEnv: ['skip', 'warn', 'stop'],
  runWorker: ['stop', 'skip'],
  gates: ['skip', 'warn', 'stop'],
} as const satisfies { [Name in keyof FailurePolicies]-?: readonly FailurePolicy[] };
