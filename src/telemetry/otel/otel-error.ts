import { AutoloopError, EXIT } from '../../domain/error.ts';
import type { Found } from './otel-variable.ts';

/** The value of the variable is shown as it is, but for the login in a URL. */
export function otelError({ name, value }: Found, what: string, allowed: string): AutoloopError {
  const shown = value.replace(/\/\/[^/@]*@/, '//…@');
  const own = name.startsWith('AUTOLOOP_') ? name : `AUTOLOOP_${name}`;
  return new AutoloopError({
    code: EXIT.configuration,
    message: `${name} is "${shown}", which is not ${what}.`,
    fix: `Allowed: ${allowed}. For autoloop alone, not for its agents: ${own}=… Or leave out --otel.`,
  });
}
