import { startTarget, type EndedIterationContext } from 'autoloop/task';
import { findService } from './services/find-services.ts';
import type { ResourceSettings } from './settings.ts';

/** Starts the service that good work was done on, where it is enabled and is not known to run. */
export async function ensureStarted(
  context: EndedIterationContext<ResourceSettings>,
): Promise<void> {
  const { own, target } = context;
  if (own.start === '' || target === null) {
    return;
  }
  const service = await findService(context, target);
  if (service?.enabled === true && service.running !== true) {
    await startTarget(context, own.start);
  }
}
