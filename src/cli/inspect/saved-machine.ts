import type { SavedMachine } from '../../inspect/page-news.ts';
import { savedSnapshots } from '../../runner/saved-snapshots.ts';
import type { DataPaths } from '../../stores/data-paths.ts';
import type { JsonSnapshotStore } from '../../stores/json-snapshot-store.ts';
import { isRecord, isShallow, isString } from '../../stores/shape.ts';

/** The machine as its snapshot has it; null: there is none that can be read. */
export function savedMachine(paths: DataPaths): SavedMachine | null {
  const loaded = loadedFrom(savedSnapshots(paths));
  const snapshot = loaded?.envelope.snapshot;
  if (!loaded || !isRecord(snapshot) || !isShallow(snapshot)) {
    return null;
  }
  const { savedAt, definitionHash } = loaded.envelope;
  const { value, context, status } = snapshot;
  return {
    ...{ savedAt, definitionHash },
    machine: {
      ...{ value, context, tags: [], active: activeIn(value) },
      status: isString(status) ? status : 'unknown',
    },
  };
}

function loadedFrom(store: JsonSnapshotStore): ReturnType<JsonSnapshotStore['load']> {
  try {
    return store.load();
  } catch {
    return null;
  }
}

/** `{running: 'working'}` → `running`, `running.working`. */
function activeIn(value: unknown, around = ''): string[] {
  if (isString(value)) {
    return [`${around}${value}`];
  }
  return isRecord(value)
    ? Object.entries(value).flatMap(([name, inner]) => [
        `${around}${name}`,
        ...activeIn(inner, `${around}${name}.`),
      ])
    : [];
}
