/** What may be asked over `control.sock`: one JSON line each, answered by one JSON line. */
export type ControlRequest =
  | { readonly command: 'status' }
  | { readonly command: 'pause' }
  | { readonly command: 'resume' }
  | { readonly command: 'skip-wait' }
  /** `force`: end the worker now. */
  | { readonly command: 'stop'; readonly force: boolean }
  /** Answered by a line `{ok:true}`, then a line per recorded event until the loop ends. */
  | { readonly command: 'follow' };

export type ControlCommand = ControlRequest['command'];

export type ControlAnswer =
  | { readonly ok: true; readonly status?: LiveStatus }
  | { readonly ok: false; readonly error: string };

/** What only the living runner knows for certain. */
export interface LiveStatus {
  readonly pid: number;
  /** Dotted machine state. */
  readonly state: string;
  readonly runId: string;
  readonly iteration: number;
  readonly paused: boolean;
  readonly stopRequested: boolean;
}
