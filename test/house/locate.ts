import { posix } from 'node:path';

/** The file below the root that an import means; null: none of ours. */
export function resolveOwn(file: string, specifier: string): string | null {
  if (specifier === 'autoloop/task') {
    return 'src/task/index.ts';
  }
  return specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : null;
}

/** The folder that a file answers for; null: it lies beside the layers. */
export function layerOf(file: string): string | null {
  const [top, name, ...rest] = file.split('/');
  if (top === 'machines') {
    return top;
  }
  return rest.length > 0 ? `${top}/${name}` : null;
}

/** `zod` of `zod/mini`. */
export function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}
