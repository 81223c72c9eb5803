/** Bytes of something, both ends included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

const ONE_RANGE = /^bytes=(\d{1,15})?-(\d{1,15})?$/;

/**
 * The one range that a `Range` header asks for (RFC 9110 section 14), cut to what there is.
 *
 * @returns undefined for none, several, and one that lies outside: a server may ignore the header, and sends all.
 */
export function byteRangeOf(header: string | undefined, sizeBytes: number): ByteRange | undefined {
  const [matched, from, to] = ONE_RANGE.exec(header ?? '') ?? [];
  if (matched === undefined || (from === undefined && to === undefined)) return undefined;
  // Without a beginning it asks for the last bytes.
  const first = from === undefined ? Math.max(0, sizeBytes - Number(to)) : Number(from);
  const last = from === undefined || to === undefined ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1);
  return first <= last ? { first, last } : undefined;
}

/** The pieces of a range. What lies before it is read and dropped; what lies behind it is not read. */
export async function* withinRange(
  pieces: AsyncIterable<Uint8Array>,
  { first, last }: ByteRange,
): AsyncGenerator<Uint8Array> {
  let at = 0;
  for await (const piece of pieces) {
    const part = piece.subarray(Math.max(0, first - at), Math.max(0, last + 1 - at));
    at += piece.length;
    if (part.length > 0) yield part;
    if (at > last) return;
  }
}
