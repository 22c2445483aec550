import { AutoloopError, EXIT } from './error.ts';

/** Loads a file of autoloop itself. Throws AutoloopError 155 where it is not there any more. */
export async function ownFile<Module>(load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || !MISSING.has(error.code)) {
      throw error;
    }
    const [what = ''] = error.message.split('\n');
    throw new AutoloopError({
      code: EXIT.access,
      message: `A file of autoloop itself is missing, as after an upgrade that was broken off: ${what}.`,
      fix: 'Install autoloop again; in a checkout: npm ci && npm run build',
      cause: error,
    });
  }
}

const MISSING: ReadonlySet<unknown> = new Set(['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND']);
