import type { Readable } from 'node:stream';
import { FormFile } from './form-file.ts';
import type { Uploads } from './uploads.ts';

/** Files up to this size wait in memory. */
const IN_MEMORY_BYTES_MAX = 1_048_576;

/**
 * Reads a file of a form as it arrives: into memory, or to disk where it turns out to be large.
 *
 * @param onKept  told how many bytes have gone to disk.
 * @throws FaceError `overloaded`, `unavailable`, and whatever the stream throws; no file is left then.
 */
export async function receiveFile(
  stream: Readable,
  name: string,
  { uploads, onKept }: { readonly uploads: Uploads | undefined; readonly onKept: (bytes: number) => void },
): Promise<FormFile> {
  const arriving = stream[Symbol.asyncIterator]() as AsyncIterableIterator<Buffer>;
  const first: Buffer[] = [];
  let sizeBytes = 0;
  for (let next = await arriving.next(); !next.done; next = await arriving.next()) {
    first.push(next.value);
    sizeBytes += next.value.length;
    if (uploads !== undefined && sizeBytes > IN_MEMORY_BYTES_MAX) {
      return new FormFile(await uploads.keep(telling(first, arriving, onKept)), name);
    }
  }
  return new FormFile(joined(first, sizeBytes), name);
}

/** Tells of each piece when the next one is asked for: then it has been written. */
async function* telling(
  first: Buffer[],
  rest: AsyncIterable<Buffer>,
  onKept: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  for (let piece = first.shift(); piece !== undefined; piece = first.shift()) {
    yield piece;
    onKept(piece.length);
  }
  for await (const piece of rest) {
    yield piece;
    onKept(piece.length);
  }
}

/** In memory of its own: pieces are views of what arrived on the socket. */
function joined(pieces: readonly Buffer[], sizeBytes: number): Uint8Array {
  const bytes = Buffer.allocUnsafeSlow(sizeBytes);
  pieces.reduce((at, piece) => at + piece.copy(bytes, at), 0);
  return bytes;
}
