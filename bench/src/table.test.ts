import { expect, test } from 'vitest';
import { formatTable } from './table.ts';

test('a table shows each figure with its interval and number, to three digits', () => {
  const row = { suite: 'stages', pack: 'core', metric: 'decode, ms', n: 25 };
  expect(
    formatTable([
      { ...row, value: 15.1234, low: 14.9, high: 16 },
      { ...row, metric: 'x', value: 1234.5, low: 0.000123456, high: Number.POSITIVE_INFINITY },
    ]),
  ).toMatchInlineSnapshot(`
    "suite   pack  metric      median  95 % interval        n
    stages  core  decode, ms  15.1    14.9 … 16            25
    stages  core  x           1235    0.000123 … Infinity  25"
  `);
});
