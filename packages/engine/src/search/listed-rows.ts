import { lowerBound } from './selection.ts';

/** Rows of a list that a thread takes at a time: some tens of microseconds. */
export const PART_ROWS = 256;

/** Rows of a list that lie in one segment. */
export interface Stretch {
  readonly segment: number;
  readonly rows: Uint32Array;
}

/** How many parts a list has. */
export function partsOf(list: Uint32Array): number {
  return Math.ceil(list.length / PART_ROWS);
}

/**
 * One part of an ascending list, by segment.
 *
 * @param rowsEnd  rows from here on do not exist and are passed over.
 */
export function stretchesOf(
  list: Uint32Array,
  part: number,
  { rowsPerSegment, rowsEnd }: { readonly rowsPerSegment: number; readonly rowsEnd: number },
): Stretch[] {
  let rest = list.subarray(part * PART_ROWS, (part + 1) * PART_ROWS);
  rest = rest.subarray(0, lowerBound(rest, rowsEnd));
  const stretches: Stretch[] = [];
  while (rest.length > 0) {
    const segment = Math.floor(rest[0]! / rowsPerSegment);
    const length = lowerBound(rest, (segment + 1) * rowsPerSegment);
    stretches.push({ segment, rows: rest.subarray(0, length) });
    rest = rest.subarray(length);
  }
  return stretches;
}
