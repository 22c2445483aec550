import type { RecordedEvent } from './event.ts';
import type { PruneRequest, Removal } from './retention.ts';
import type { Rotation, RotationRequest } from './rotation.ts';
import type { LoopStatus } from './loop-status.ts';

/** What may be asked over `control.sock`: one JSON line each, answered by one JSON line. */
export type ControlRequest =
  | { readonly command: 'status' }
  | { readonly command: 'pause' | 'resume' | 'skip-wait' }
  /** `force`: end the worker now. */
  | { readonly command: 'stop'; readonly force: boolean }
  | ({ readonly command: 'rotate' } & RotationRequest)
  | ({ readonly command: 'prune' } & PruneRequest)
  /** Answered by `{ok: true, status}`, then by a line per change until the loop ends. */
  | { readonly command: 'follow' }
  /** Answered by `{ok: true, status}`, then by an `InspectionBatch` per line until the loop ends. */
  | { readonly command: 'inspect' };

export type ControlAnswer =
  | {
      readonly ok: true;
      readonly status: LoopStatus;
      readonly rotated?: readonly Rotation[];
      readonly removed?: readonly Removal[];
    }
  | {
      readonly ok: false;
      readonly error: string;
      readonly code?: number;
      readonly fix?: string | null;
    };

/** What a follower is told. */
export type LoopChange =
  | { readonly kind: 'status'; readonly status: LoopStatus }
  | { readonly kind: 'event'; readonly event: RecordedEvent };
