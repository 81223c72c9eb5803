/** A cursor over little-endian bytes. Every read moves it on. */
export interface ByteReader {
  byte(): number;
  uint16(): number;
  int32(): number;
  uint32(): number;
  /** A 64-bit count; beyond 2^53 − 1 is an error, since nothing we read is that large. */
  count(): number;
  /** The next bytes, copied, so that they can be viewed as wider numbers. */
  bytes(length: number): Uint8Array;
  /** Text up to a line feed, which is consumed but not returned. */
  line(): string;
  text(length: number): string;
  readonly offset: number;
}

/** @throws Error, from any read, when the bytes end first. */
export function createByteReader(source: Uint8Array): ByteReader {
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength);
  let offset = 0;
  const advance = (length: number): number => {
    if (length < 0 || offset + length > source.length)
      throw new Error(`The data end inside a value at ${offset}.`);
    offset += length;
    return offset - length;
  };
  // slice() of a Buffer would not copy.
  const bytes = (length: number): Uint8Array => {
    const start = advance(length);
    return new Uint8Array(source.subarray(start, offset));
  };
  const text = (length: number): string => new TextDecoder().decode(bytes(length));
  return {
    byte: () => view.getUint8(advance(1)),
    uint16: () => view.getUint16(advance(2), true),
    int32: () => view.getInt32(advance(4), true),
    uint32: () => view.getUint32(advance(4), true),
    bytes,
    text,
    count() {
      const value = view.getBigUint64(advance(8), true);
      if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new Error(`A count of ${value} cannot be right.`);
      return Number(value);
    },
    line() {
      const end = source.indexOf(0x0a, offset);
      if (end < 0) throw new Error(`The data end inside a line at ${offset}.`);
      const value = text(end - offset);
      advance(1);
      return value;
    },
    get offset() {
      return offset;
    },
  };
}
