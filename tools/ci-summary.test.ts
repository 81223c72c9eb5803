import { expect, test } from 'vitest';
// @ts-expect-error plain JavaScript without declarations: it runs before anything is built
import { summarise } from './ci-summary.mjs';

const fine = { check: 0, tests: 0 };
const file = (status: string, ...tests: [string, string][]) => ({
  name: 'a.test.ts',
  status,
  message: '',
  assertionResults: tests.map(([fullName, state]) => ({ fullName, status: state })),
});
const report = (...testResults: object[]) => ({ testResults });

test('all passed and checks clean: nothing to complain of', () => {
  const all = report(file('passed', ['one', 'passed'], ['two', 'passed']));
  expect(summarise(all, fine)).toEqual({ passed: 2, failed: 0, complaints: [] });
});

test.each(['skipped', 'pending', 'todo', 'disabled'])('a %s test counts as failed and is named', (state) => {
  const some = report(file('passed', ['one', 'passed'], ['two', state]));
  expect(summarise(some, fine)).toEqual({ passed: 1, failed: 1, complaints: ['skipped: a.test.ts: two'] });
});

test('a failed test is counted once, although the runner failed too', () => {
  const some = report(file('failed', ['one', 'passed'], ['two', 'failed']));
  expect(summarise(some, { check: 0, tests: 1 })).toMatchObject({ passed: 1, failed: 1 });
});

test('a file that does not load is a failure', () => {
  const some = report(file('passed', ['one', 'passed']), file('failed'));
  expect(summarise(some, { check: 0, tests: 1 })).toMatchObject({ passed: 1, failed: 1 });
});

test('failed checks are a failure of their own', () => {
  const all = report(file('passed', ['one', 'passed']));
  expect(summarise(all, { check: 1, tests: 0 })).toMatchObject({ passed: 1, failed: 1 });
  expect(summarise(all, { check: 1, tests: 1 })).toMatchObject({ passed: 1, failed: 2 });
});

test('an error outside any test is a failure', () => {
  const all = report(file('passed', ['one', 'passed']));
  expect(summarise(all, { check: 0, tests: 1 })).toMatchObject({ passed: 1, failed: 1 });
});

test('no report, or no test at all, is a failure', () => {
  expect(summarise(undefined, { check: 0, tests: 1 })).toMatchObject({ passed: 0, failed: 1 });
  expect(summarise(report(), fine)).toMatchObject({ passed: 0, failed: 1 });
});
