import type { FolderFigures } from './folder-figures.ts';

/** The checkboxes of all folders together, for `measure`. */
export function sumOf(figures: readonly Pick<FolderFigures, 'done' | 'total'>[]): {
  readonly done: number;
  readonly total: number;
} {
  return {
    done: figures.reduce((sum, { done }) => sum + done, 0),
    total: figures.reduce((sum, { total }) => sum + total, 0),
  };
}
