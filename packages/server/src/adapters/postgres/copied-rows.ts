const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
/** Signature, flags, length of the header's extension. */
const HEADER_BYTES = SIGNATURE.length + 8;

/**
 * The rows of a binary COPY without nulls, as they come.
 *
 * Format: https://www.postgresql.org/docs/current/sql-copy.html (Binary Format).
 *
 * @throws Error when the data is no such COPY or ends early.
 */
export async function* copiedRows(chunks: AsyncIterable<Buffer>): AsyncIterable<CopiedRow> {
  let rest: Buffer = Buffer.alloc(0);
  let started = false;
  for await (const chunk of chunks) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    if (!started) {
      if (rest.length < HEADER_BYTES) continue;
      rest = withoutHeader(rest);
      started = true;
    }
    for (let bytes = rowBytes(rest); bytes !== undefined; bytes = rowBytes(rest)) {
      if (bytes === END) return;
      yield new CopiedRow(rest.subarray(0, bytes));
      rest = rest.subarray(bytes);
    }
  }
  throw new Error('A binary COPY ended before its end.');
}

function withoutHeader(bytes: Buffer): Buffer {
  if (!bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE)) throw new Error('This is no binary COPY.');
  return bytes.subarray(HEADER_BYTES + bytes.readUInt32BE(SIGNATURE.length + 4));
}

/** Behind the last row. */
const END = -1;

/** @returns undefined while the row is not there to its end. */
function rowBytes(bytes: Buffer): number | undefined {
  if (bytes.length < 2) return undefined;
  const columns = bytes.readInt16BE(0);
  if (columns < 0) return END;
  let at = 2;
  for (let column = 0; column < columns; column++) {
    if (bytes.length < at + 4) return undefined;
    at += 4 + Math.max(0, bytes.readInt32BE(at));
  }
  return at > bytes.length ? undefined : at;
}

/** One row, read column by column. */
export class CopiedRow {
  private readonly row: Buffer;
  private at = 2;

  constructor(row: Buffer) {
    this.row = row;
  }

  /** A view of the stream's memory. */
  bytes(): Buffer {
    const length = this.row.readInt32BE(this.at);
    if (length < 0) throw new Error('A column that is never null was null.');
    const start = this.at + 4;
    this.at = start + length;
    return this.row.subarray(start, this.at);
  }

  text(): string {
    return this.bytes().toString('utf8');
  }

  /** An int8 below 2^53. */
  int8(): number {
    const field = this.bytes();
    return field.readUInt32BE(0) * 2 ** 32 + field.readUInt32BE(4);
  }

  uuid(): string {
    const hex = this.bytes().toString('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }
}
