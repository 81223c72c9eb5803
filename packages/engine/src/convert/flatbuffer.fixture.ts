/** Writes small FlatBuffers files for tests. */

type FieldValue =
  | { readonly int8: number }
  | { readonly int32: number }
  | { readonly text: string }
  | { readonly bytes: Uint8Array }
  | { readonly int32s: readonly number[] }
  | { readonly table: TableFields }
  | { readonly tables: readonly TableFields[] };

/** Values by field number. */
export type TableFields = Readonly<Record<number, FieldValue>>;

/** A file with this root table. */
export function writeFlatbuffer(identifier: string, root: TableFields): Uint8Array {
  const bytes: number[] = [];
  const uint32 = (value: number): number[] => [...new Uint8Array(Uint32Array.of(value).buffer)];
  const append = (values: Iterable<number>): number => {
    const at = bytes.length;
    bytes.push(...values);
    return at;
  };
  const pointTo = (slot: number, target: number): void =>
    void bytes.splice(slot, 4, ...uint32(target - slot));
  const vector = (count: number, values: Iterable<number>): number => append([...uint32(count), ...values]);
  const placed = (value: FieldValue): number => {
    if ('text' in value) return vector(value.text.length, new TextEncoder().encode(value.text));
    if ('bytes' in value) return vector(value.bytes.length, value.bytes);
    if ('int32s' in value) return vector(value.int32s.length, value.int32s.flatMap(uint32));
    if ('table' in value) return table(value.table);
    if (!('tables' in value)) throw new Error('A scalar has no place of its own.');
    const at = vector(value.tables.length, new Uint8Array(4 * value.tables.length));
    for (const [i, fields] of value.tables.entries()) pointTo(at + 4 + 4 * i, table(fields));
    return at;
  };
  /** The layout first, then the table of four bytes a field, then what its fields point to. */
  const table = (fields: TableFields): number => {
    const numbers = Object.keys(fields).map(Number);
    const slots = Math.max(-1, ...numbers) + 1;
    const offsetOf = (field: number): number => (field in fields ? 4 + 4 * numbers.indexOf(field) : 0);
    const layout = append(
      [
        4 + 2 * slots,
        4 + 4 * numbers.length,
        ...Array.from({ length: slots }, (_, i) => offsetOf(i)),
      ].flatMap((value) => [value & 0xff, value >> 8]),
    );
    const start = append([...uint32(bytes.length - layout), ...new Uint8Array(4 * numbers.length)]);
    for (const field of numbers) {
      const value = fields[field]!;
      const slot = start + offsetOf(field);
      if ('int8' in value) bytes[slot] = value.int8 & 0xff;
      else if ('int32' in value) bytes.splice(slot, 4, ...uint32(value.int32));
      else pointTo(slot, placed(value));
    }
    return start;
  };
  append([0, 0, 0, 0, ...new TextEncoder().encode(identifier)]);
  pointTo(0, table(root));
  return Uint8Array.from(bytes);
}
