import type { Row } from './row.ts';

/** A plain text table, one row a line, columns two spaces apart. */
export function formatTable(rows: readonly Row[]): string {
  const body = rows.map((row) => [
    row.suite,
    row.pack,
    row.metric,
    significant(row.value),
    `${significant(row.low)} … ${significant(row.high)}`,
    String(row.n),
  ]);
  const lines = [['suite', 'pack', 'metric', 'median', '95 % interval', 'n'], ...body];
  const widths =
    lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Three significant digits, never in exponents: timings on a shared machine are worth no more. */
function significant(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  return String(Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3)));
}
