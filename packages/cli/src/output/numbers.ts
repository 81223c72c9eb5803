/** A rate as people write it: `0.12`, `4.2e-6`. Two significant digits; more would pretend to know more. */
export function formatRate(rate: number): string {
  return rate >= 0.01 ? String(Number(rate.toPrecision(2))) : rate.toExponential(1);
}

/** A size in the largest binary unit that leaves at least one: `13.4 MiB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  return `${power === 0 ? value : value.toFixed(1)} ${units[power]}`;
}
