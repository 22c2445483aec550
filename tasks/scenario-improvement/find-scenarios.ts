import { join } from 'node:path';
import {
  fewAtOnce,
  folderFigures,
  foldersIn,
  namesIn,
  type FolderFigures,
  type TaskContext,
} from 'autoloop/task';
import type { ScenarioSettings } from './settings.ts';

export interface Scenario {
  readonly name: string;
  /** Relative to the workspace. */
  readonly folder: string;
  readonly figures: FolderFigures;
}

/** The scenarios to work on: each folder in that of the settings. Throws where there are none, saying what to set. */
export async function findScenarios(context: TaskContext<ScenarioSettings>): Promise<Scenario[]> {
  const { own, workspace } = context;
  const names = chosen(await namesOf(context), namesIn(own.only));
  return fewAtOnce(names, async (name) => {
    const folder = join(own.folder, name);
    return { name, folder, figures: await folderFigures(join(workspace, folder)) };
  });
}

async function namesOf({ own, workspace }: TaskContext<ScenarioSettings>) {
  const names = await foldersIn(join(workspace, own.folder));
  if (names === null || names.length === 0) {
    const what = names === null ? `there is no ${own.folder}/` : `${own.folder}/ holds no folder`;
    throw new Error(
      `no scenarios were found: ${what} in ${workspace}. Say where they are: --task-settings folder=PATH`,
    );
  }
  return names;
}

function chosen(names: readonly string[], only: readonly string[]): readonly string[] {
  const strange = only.find((name) => !names.includes(name));
  if (strange !== undefined) {
    throw new Error(`the setting "only" names "${strange}", which is none of: ${names.join(', ')}`);
  }
  return only.length === 0 ? names : names.filter((name) => only.includes(name));
}
