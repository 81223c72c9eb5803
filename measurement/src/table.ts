import type { Row } from './row.ts';

export interface TableOptions {
  /** Whether a row is a share, to be printed in per cent. @default none is */
  readonly isShare?: (row: Row) => boolean;
}

/** A plain text table, one row a line, columns two spaces apart. */
export function formatTable(rows: readonly Row[], { isShare = () => false }: TableOptions = {}): string {
  const cells = rows.map((row) => {
    const show = isShare(row) ? perCent : threeDigits;
    const { suite, pack, metric, value, low, high, n } = row;
    return [suite, pack, metric, show(value), `${show(low)} … ${show(high)}`, String(n)];
  });
  return layOut([['suite', 'pack', 'metric', 'value', '95 % interval', 'n'], ...cells]);
}

const perCent = (share: number): string => `${(share * 100).toFixed(2)} %`;

/** Three significant digits, never in exponents: timings on a shared machine are worth no more. */
function threeDigits(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  return String(Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3)));
}

function layOut(lines: readonly (readonly string[])[]): string {
  const widths =
    lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  const inColumns = (line: readonly string[]) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0));
  return lines.map((line) => inColumns(line).join('  ').trimEnd()).join('\n');
}
