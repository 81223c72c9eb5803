/**
 * A table of a FlatBuffers file. Fields are named by their number in the schema; an absent one has its default.
 *
 * Every read throws a RangeError where a broken file points beyond its end.
 */
export interface FlatTable {
  /** @param fallback  the schema's default. */
  int8(field: number, fallback?: number): number;
  /** @param fallback  the schema's default. */
  int32(field: number, fallback?: number): number;
  flag(field: number): boolean;
  /** Empty when absent. */
  text(field: number): string;
  /** A copy, so that it can be viewed as wider numbers; empty when absent. */
  bytes(field: number): Uint8Array;
  int32s(field: number): number[];
  table(field: number): FlatTable | undefined;
  tables(field: number): FlatTable[];
}

/**
 * The root table of a FlatBuffers file.
 *
 * @param identifier  the four letters that name the schema.
 * @throws Error when the file is another's.
 * @source FlatBuffers internals, flatbuffers.dev/internals.
 */
export function readFlatbuffer(source: Uint8Array, identifier: string): FlatTable {
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength);
  if (new TextDecoder('latin1').decode(source.subarray(4, 8)) !== identifier) {
    throw new Error(`The file is no ${identifier} FlatBuffer.`);
  }
  return tableAt(view, view.getUint32(0, true));
}

function tableAt(view: DataView, start: number): FlatTable {
  const layout = start - view.getInt32(start, true);
  const layoutBytes = view.getUint16(layout, true);
  /** Where the field's value lies; 0 when it is absent. */
  const place = (field: number): number => {
    const slot = 4 + 2 * field;
    const offset = slot < layoutBytes ? view.getUint16(layout + slot, true) : 0;
    return offset === 0 ? 0 : start + offset;
  };
  const target = (at: number): number => at + view.getUint32(at, true);
  const vector = (field: number): { readonly count: number; readonly at: number } => {
    const at = place(field);
    return at === 0 ? { count: 0, at } : { count: view.getUint32(target(at), true), at: target(at) + 4 };
  };
  const items = <Item>(field: number, read: (at: number) => Item): Item[] => {
    const { count, at } = vector(field);
    if (at + 4 * count > view.byteLength) throw new RangeError('The data end inside a vector.');
    return Array.from({ length: count }, (_, index) => read(at + 4 * index));
  };
  const bytes = (field: number): Uint8Array => {
    const { count, at } = vector(field);
    // The view refuses what lies beyond the end.
    const { buffer, byteOffset } = new DataView(view.buffer, view.byteOffset + at, count);
    return new Uint8Array(buffer.slice(byteOffset, byteOffset + count));
  };
  return {
    bytes,
    int8: (field, fallback = 0) => (place(field) ? view.getInt8(place(field)) : fallback),
    int32: (field, fallback = 0) => (place(field) ? view.getInt32(place(field), true) : fallback),
    flag: (field) => place(field) !== 0 && view.getInt8(place(field)) !== 0,
    text: (field) => new TextDecoder().decode(bytes(field)),
    int32s: (field) => items(field, (at) => view.getInt32(at, true)),
    table: (field) => (place(field) ? tableAt(view, target(place(field))) : undefined),
    tables: (field) => items(field, (at) => tableAt(view, target(at))),
  };
}
