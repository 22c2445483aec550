import { expect, it } from 'vitest';
import { locateProject } from '../../src/config/locate-project.ts';
import { ATTEMPT_FACTS, ownSettings } from '../../src/config/own-settings.ts';

it.each(ATTEMPT_FACTS)('%s is no setting inside a worker', (name) => {
  const environment = { PATH: '/bin', TIMEOUT: '5', AUTOLOOP_ATTEMPT_ID: 'r-1-1', [name]: 'x' };
  expect(ownSettings(environment)).toEqual({ PATH: '/bin', TIMEOUT: '5' });
});

it('an environment outside of a worker is taken as it is', () => {
  const environment = { AUTOLOOP_WORKSPACE: '/w', AUTOLOOP_TASK: 'x', EMPTY: '' };
  expect(ownSettings(environment)).toEqual(environment);
});

it('a worker may still say where a loop inside it keeps its data', () => {
  const environment = {
    AUTOLOOP_ATTEMPT_ID: 'r-1-1',
    AUTOLOOP_WORKSPACE: '/outer',
    AUTOLOOP_DATA_DIR: '/inner',
  };
  const request = { root: null, data: null, workspace: null, environment, cwd: '/' };
  expect(locateProject(request)).toMatchObject({ data: '/inner', workspace: '/' });
});
