import type { Script } from '../../mocks/messages-api/script.ts';
import { failingServices } from './failing-services.ts';
import { workingModels } from './working-models.ts';

/** What the model or its service does, where the mock has no such scenario. Made anew for each run, for some count. */
export const scenarios = (): Readonly<Record<string, Script>> => ({
  ...workingModels,
  ...failingServices(),
});
