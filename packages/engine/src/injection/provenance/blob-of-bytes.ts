/**
 * A Blob whose bytes can be had at once: Node's own gives them only by promise, and the reader of manifests, written for
 * browsers' workers, does not wait.
 */
export class BlobOfBytes extends Blob {
  readonly bytesAtOnce: Uint8Array;
  override readonly size: number;

  constructor(bytes: Uint8Array) {
    super([]);
    this.bytesAtOnce = bytes;
    this.size = bytes.length;
  }

  override slice(start = 0, end = this.size): BlobOfBytes {
    return new BlobOfBytes(this.bytesAtOnce.subarray(start, end));
  }
}

/** What browsers' workers read Blobs with. */
class BlobReader {
  readAsArrayBuffer({ bytesAtOnce }: BlobOfBytes): ArrayBuffer {
    return Uint8Array.from(bytesAtOnce).buffer;
  }
}

/** Puts the missing global in its place in this thread. */
export function provideFileReaderSync(): void {
  const thread = globalThis as { FileReaderSync?: unknown };
  thread.FileReaderSync ??= BlobReader;
}
