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
    "suite   pack  metric      value  95 % interval        n
    stages  core  decode, ms  15.1   14.9 … 16            25
    stages  core  x           1235   0.000123 … Infinity  25"
  `);
});

test('shares are shown in per cent, beside figures that are none', () => {
  const rows = [
    { suite: 'lfw', pack: 'core', metric: 'EER', value: 0.01234, low: 0.01, high: 0.0156, n: 300 },
    { suite: 'lfw', pack: 'core', metric: 'score at FMR 1e-3', value: 0.4567, low: 0.45, high: 0.46, n: 300 },
  ];
  expect(formatTable(rows, { isShare: ({ metric }) => metric === 'EER' })).toMatchInlineSnapshot(`
    "suite  pack  metric             value   95 % interval    n
    lfw    core  EER                1.23 %  1.00 % … 1.56 %  300
    lfw    core  score at FMR 1e-3  0.457   0.45 … 0.46      300"
  `);
});
