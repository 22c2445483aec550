import { locateProject } from '../../config/locate-project.ts';
import type { PageServerParts } from '../../inspect/server/page-server.ts';
import { bridgePage } from '../../inspect/stately/bridge-page.ts';
import { loopDefinition } from '../../inspect/stately/loop-definition.ts';
import { StatelyRelay } from '../../inspect/stately/stately-relay.ts';
import { collectSecrets } from '../../redaction/known-secrets.ts';
import { createRedactor } from '../../redaction/redactor.ts';
import { loopDefinitionHash } from '../../runner/loop-definition-hash.ts';
import { builtFile } from '../built-file.ts';
import type { CliContext } from '../cli-context.ts';
import { loopRequest } from '../loop-request.ts';
import { LivingLoops } from './living-loops.ts';

const INSPECTOR = new URL('https://stately.ai/inspect');

export interface StatelyWays extends Required<Pick<PageServerParts, 'routes' | 'upgrades'>> {
  readonly close: () => void;
}

/** The ways in for Stately's inspector, and for every other client of its protocol. */
export function statelyWays(context: CliContext, token: string): StatelyWays {
  const redactor = createRedactor(collectSecrets(context.environment));
  const [known, definition] = [loopDefinitionHash(), loopDefinition(redactor)];
  const relay = new StatelyRelay({
    ...{ token, redactor, now: () => Date.now() },
    loops: new LivingLoops(locateProject(loopRequest(context)).data),
    definition: (hash) => (hash === known ? definition : null),
  });
  const page = bridgePage({ script: builtFile('stately-bridge.js'), inspector: INSPECTOR });
  return { routes: [page], upgrades: [relay], close: () => relay.close() };
}
