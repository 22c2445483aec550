import type { Script as ScriptOf } from '../model-api/script.ts';
import type { Reply } from './reply.ts';
import type { Turn } from './turn.ts';

export type Script = ScriptOf<Turn, Reply>;
