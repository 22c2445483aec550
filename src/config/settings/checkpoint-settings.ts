import { named, type Definitions } from '../setting-definition.ts';
import { oneOf } from '../setting-values.ts';
import { CHECKPOINTS, DIRTY_STARTS } from '../../domain/checkpoint.ts';

/** What git keeps of an iteration's work, and takes back. */
export const checkpointSettings: Definitions<'checkpoint' | 'dirtyStart'> = {
  checkpoint: {
    name: 'checkpoint',
    ...named('checkpoint', 'CHECKPOINT', 'mode'),
    schema: oneOf(CHECKPOINTS),
    fallback: 'off',
    help: 'commit good work and take back bad work: off, commit (on the branch at hand) or branch (on autoloop/<loop>)',
  },
  dirtyStart: {
    name: 'dirtyStart',
    ...named('dirty-start', 'DIRTY_START', 'mode'),
    schema: oneOf(DIRTY_STARTS),
    fallback: 'refuse',
    help: 'with --checkpoint, where something is not committed before a worker starts: refuse, or carry it along untouched',
  },
};
