declare const __AUTOLOOP_VERSION__: string | undefined;

/** Of autoloop; put in by the build. */
export const VERSION: string =
  typeof __AUTOLOOP_VERSION__ === 'string' ? __AUTOLOOP_VERSION__ : '0.0.0-source';
