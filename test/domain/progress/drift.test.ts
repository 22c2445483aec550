import { expect, test } from 'vitest';
import { driftCoefficient, hasDrifted, rememberDrift } from '../../../src/domain/progress/drift.ts';

const AT_HOME = { target: 'services/api', reportedTarget: null, ownPaths: ['services/api'] };

test('an iteration that reports another target has drifted', () => {
  expect(hasDrifted({ target: 'api', reportedTarget: 'web' })).toBe(true);
  expect(hasDrifted({ target: 'api', reportedTarget: 'api2' })).toBe(true);
});

test.each(['api', ' API ', '`api`', 'services/api', './api/', '"api"'])(
  'an agent may call the target %s',
  (reportedTarget) => {
    expect(hasDrifted({ target: 'services/api', reportedTarget })).toBe(false);
    expect(hasDrifted({ target: 'api', reportedTarget })).toBe(false);
  },
);

test("work outside of the target's own paths has drifted", () => {
  expect(hasDrifted({ ...AT_HOME, changedPaths: ['./services/api/x.ts'] })).toBe(false);
  expect(hasDrifted({ ...AT_HOME, changedPaths: [] })).toBe(false);
  expect(hasDrifted({ ...AT_HOME, changedPaths: ['services/api/x', 'services/apis/x'] })).toBe(
    true,
  );
  expect(hasDrifted({ ...AT_HOME, changedPaths: ['services/api/../web/x'] })).toBe(true);
  expect(hasDrifted({ ...AT_HOME, ownPaths: ['.'], changedPaths: ['anything'] })).toBe(false);
  expect(hasDrifted({ ...AT_HOME, ownPaths: ['.'], changedPaths: ['../beside'] })).toBe(true);
});

test('what cannot be told is unknown, not none', () => {
  expect(hasDrifted({ target: null, reportedTarget: 'api' })).toBeNull();
  expect(hasDrifted({ target: 'api', reportedTarget: null })).toBeNull();
  expect(hasDrifted({ target: 'api', reportedTarget: null, changedPaths: ['a'] })).toBeNull();
  expect(driftCoefficient([])).toBeNull();
});

test('the coefficient looks back on twenty iterations of which it is known', () => {
  let known: readonly boolean[] = [];
  for (let iteration = 1; iteration <= 20; iteration += 1) {
    known = rememberDrift(rememberDrift(known, iteration <= 5), null);
  }
  expect(driftCoefficient(known)).toBe(0.25);
  expect(driftCoefficient(rememberDrift(known, false))).toBe(0.2);
  expect(rememberDrift(known, true)).toHaveLength(20);
});
