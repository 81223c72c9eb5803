/**
 * The last words of a CI run: `ci-summary.mjs REPORT CHECK_STATUS TEST_STATUS` prints what failed or was skipped, then
 * the counts, and exits non-zero unless everything ran and passed.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/**
 * Counts a test run the strict way: in CI a skipped test is a failed one.
 *
 * @param report  vitest's JSON report; undefined when there is none.
 * @param status  exit statuses of the static checks and of the test runner.
 * @returns       `{ passed, failed, complaints }`: one complaint per failure, in order of appearance.
 */
export function summarise(report, status) {
  const files = report?.testResults ?? [];
  const tests = files.flatMap((file) => file.assertionResults.map((test) => ({ ...test, file: file.name })));
  const passed = tests.filter((test) => test.status === 'passed').length;
  const complaints = [
    ...(status.check === 0 ? [] : ['failed: npm run check']),
    ...tests.filter((test) => test.status !== 'passed').map(worded),
    ...files
      .filter(failedWithoutATest)
      .map((file) => `failed: ${file.name}: ${file.message || 'did not load'}`),
  ];
  const explained = complaints.length > (status.check === 0 ? 0 : 1);
  if (report === undefined) complaints.push('failed: the test runner left no report');
  else if (passed === 0) complaints.push('failed: no test ran');
  else if (status.tests !== 0 && !explained) {
    complaints.push(`failed: the test runner ended with status ${status.tests}`);
  }
  return { passed, failed: complaints.length, complaints };
}

const worded = ({ status, file, fullName }) =>
  `${status === 'failed' ? 'failed' : 'skipped'}: ${file}: ${fullName}`;

const failedWithoutATest = ({ status, assertionResults }) =>
  status === 'failed' && assertionResults.every((test) => test.status !== 'failed');

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [path, check, tests] = process.argv.slice(2);
  const summary = summarise(readReport(path), { check: Number(check), tests: Number(tests) });
  for (const line of summary.complaints) console.log(line);
  console.log(`${summary.passed} passed, ${summary.failed} failed`);
  process.exitCode = summary.failed === 0 ? 0 : 1;
}
