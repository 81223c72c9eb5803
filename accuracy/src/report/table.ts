import type { Row } from './row.ts';

/** Metrics that are scores or thresholds; every other one is a share and is printed in per cent. */
const isShare = (metric: string): boolean => !metric.startsWith('score at');

/** A plain text table, one row a line. */
export function formatTable(rows: readonly Row[]): string {
  const cells = rows.map((row) => {
    const show = (value: number): string =>
      isShare(row.metric) ? `${(value * 100).toFixed(2)} %` : value.toFixed(4);
    return [
      row.suite,
      row.pack,
      row.metric,
      show(row.value),
      `${show(row.low)} … ${show(row.high)}`,
      String(row.n),
    ];
  });
  const lines = [['suite', 'pack', 'metric', 'value', '95 % interval', 'n'], ...cells];
  const widths =
    lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  return lines
    .map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .join('\n');
}
